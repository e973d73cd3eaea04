"""D30, G61: A relay offers a value only while it has one."""

from gochan import Chan, go, nil, recv, select, send


def relay(source, out):
    queue = []
    while source is not nil or queue:
        offer, head = (out, queue[0]) if queue else (nil, None)
        match select(recv(source), send(offer, head)):
            case 0, _, False:
                source = nil
            case 0, n, _:
                queue.append(n)
            case 1, *_:
                queue.pop(0)
    out.close()


def main():
    source, out = Chan[int](), Chan[int]()
    go(relay, source, out)
    for n in range(5):
        source.send(n)
    source.close()
    for n in out:
        print(n)
