package htmltext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStyleSheets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, css, in, want string }{
		{"lists by class", `OL.c, .d { list-style-type: cjk-ideographic !important }`, `<ol class="c"><li>甲<li>乙</ol><ol class="x d"><li>丙</ol>`, "一、甲\n二、乙\n一、丙\n"},
		{"an own style goes first", `ol{list-style:cjk-ideographic}`, `<ol style="list-style:upper-alpha"><li>甲</ol>`, "A.甲\n"},
		{"items without numbers", `li.n{list-style:none}`, `<ol><li class=n>甲<li>乙</ol>`, "甲\n2.乙\n"},
		{"hidden", `.h,#i{display:none} p.h2{display : none}`, `<p>文文文文</p><p class=h>甲</p><p id=i>乙</p><p class="h2 x">丙</p><div class=h2>丁</div>`, "文文文文\n丁\n"},
		{"most is hidden", `.h{display:none}`, `<p class=h>一、背景。二、建议。</p><p>文</p>`, "一、背景。二、建议。\n文\n"},
		{"counters", `body{counter-reset:h} h2{counter-increment:h;counter-reset:s} h2::before{content:counter(h, cjk-ideographic) "、"} h3:before{counter-increment:s;content:"（" counter(s) "）"}`,
			`<body><h2>背景</h2><h3>甲</h3><h3>乙</h3><h2>建议</h2><h3>丙</h3></body>`, "一、背景\n（1）甲\n（2）乙\n二、建议\n（1）丙\n"},
		{"counters of nested lists", `ol{counter-reset:i;list-style:none} li{counter-increment:i} li::before{content:counter(i) ". "}`,
			`<ol><li>甲<ol><li>子</li><li>丑</li></ol></li><li>乙</li></ol>`, "1. 甲\n1. 子\n2. 丑\n2. 乙\n"},
		{"what is for other occasions", `@media print{p{display:none}} @import "x;y"; @page{margin:0} div>p,p:hover{display:none}`, `<div><p>文</p></div>`, "文\n"},
		{"signs of icon fonts", `p::before{content:"\f101"}`, `<p>文</p>`, "文\n"},
		{"comments, broken rules", `<!-- /* p{display:none} */ p{display:none`, `<p>文</p>`, "文\n"},
		{"never closed", `}}} p{{{ ;;; a;b`, `<p>文</p>`, "文\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Read([]byte("<html><head><style>" + tt.css + "</style></head>" + tt.in + "</html>"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Style sheets without end cost no more than their length.
func TestEndlessStyles(t *testing.T) {
	t.Parallel()
	for _, css := range []string{strings.Repeat("p{", 500_000), strings.Repeat("a,", 500_000) + "{display:none}", strings.Repeat(".a{display:none}", 50_000),
		"p{counter-reset:" + strings.Repeat(" a", 300_000) + "}"} {
		got, err := Read([]byte("<html><style>" + css + "</style><p>文" + strings.Repeat("<p>文", 2000)))
		if err != nil || !strings.HasPrefix(got, "文\n") {
			t.Errorf("%.20q: %v", css, err)
		}
	}
}
