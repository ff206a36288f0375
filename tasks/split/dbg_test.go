package split

import (
	"fmt"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	f := os.Getenv("DBG")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	d := &document{src: normal(string(b))}
	d.lines = scanLines(d.src)
	d.width = wrapWidth(d.src, d.lines)
	h := d.readHead()
	end := d.tail(h.body)
	fmt.Printf("width %d body %d end %d of %d\n", d.width, h.body, end, len(d.src))
	fmt.Printf("HEAD %q\n", d.src[:h.body])
	fmt.Printf("TAIL %q\n", d.src[end:])
	o := d.outline(h.body, end)
	for _, n := range o.nodes {
		fmt.Printf("%+v %q\n", n, cut(d.src[n.start:], 16))
	}
	for _, n := range o.inner {
		fmt.Printf("inner %+v %q\n", n, cut(d.src[n.start:], 16))
	}
}
