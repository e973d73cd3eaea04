"""Every schedule of a program: which there are, which come to the same, and what they come to.

`operation` is what a goroutine is about to do; `touch` how the order of two of them matters;
`touching` and `touching_channels` what each touches, `guards` whether it could go on. `walker`
takes one run, `history` writes down what came before what in it, `looking` and `groups` what else
has to be noticed. `tree` guides a walker to where no run has been, `reversal` says where that can
be, `lots` leaves it to chance. `search` is all of it, `split` shares it, `verdict` judges a run,
and `shorten` makes the schedules of failures readable.
"""
