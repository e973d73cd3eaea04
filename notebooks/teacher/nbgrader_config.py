"""nbgrader's settings, for its own commands started in this folder."""

from gochan.grading.settings import settings

c = get_config()
c.merge(settings())
