package htmltext

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	encodingunicode "golang.org/x/text/encoding/unicode"

	"huiban/integrations/internal/readertest"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"blocks", `<h1>关于增设过街天桥的建议</h1><div>第021号<p>建议增设。</p>尾</div>`, "关于增设过街天桥的建议\n第021号\n建议增设。\n尾\n"},
		{"inline", `<p>关于<b>增设</b><span>过街</span><font>天桥</font></p>`, "关于增设过街天桥\n"},
		{"line breaks", `甲<br>乙<br/><br>丙`, "甲\n乙\n丙\n"},
		{"source line inside a sentence", "<p>近年来，我市\n    老年人口 持续\nABC\nDEF 增加</p>", "近年来，我市老年人口 持续 ABC DEF 增加\n"},
		{"indents", `<p>&nbsp;&nbsp;&emsp;　　一、背景&nbsp;</p>`, "一、背景\n"},
		{"entities", `<p>A&amp;B &lt;甲&gt; &ldquo;乙&rdquo; &#20108;&#x4E00;&hellip;</p>`, "A&B <甲> “乙” 二一…\n"},
		{"unseen", `<head><title>站点</title><style>p{}</style></head><body><script>var a="<p>x</p>"</script><nav>首页</nav><p>文</p><!-- 注 --><p style="display: none">隐</p><p hidden>藏</p></body>`, "文\n"},
		{"ordered", `<ol><li>甲<li>乙</ol>`, "1.甲\n2.乙\n"},
		{"ordered, Latin text", `<ol><li>5G</li></ol>`, "1. 5G\n"},
		{"start, type, value", `<ol start=3 type="A"><li>甲<li value=6>乙<li>丙</ol>`, "C.甲\nF.乙\nG.丙\n"},
		{"reversed", `<ol reversed><li>甲<li>乙</ol>`, "2.甲\n1.乙\n"},
		{"Chinese numbers", `<ol style="list-style-type: cjk-ideographic"><li>甲<ol type=i><li>子<li>丑</ol><li><p>乙</p></ol>`, "一、甲\ni.子\nii.丑\n二、乙\n"},
		{"numbers of their own", `<ol><li>一、甲<li>（二）乙<li>3.丙</ol>`, "一、甲\n（二）乙\n3.丙\n"},
		{"unordered", `<ul><li>甲<li>乙</ul>`, "甲\n乙\n"},
		{"no numbers", `<ol style="list-style:none"><li>甲</ol>`, "甲\n"},
		{"form", `<table><caption>提案表</caption><tr><th>案&nbsp;&nbsp;由</th><td>关于养老</td></tr><tr><td>提案人</td><td>张明</td><td>界<br>别：</td><td>社会福利</td></tr><tr><td colspan=4>一、建议。<br>二、措施。</td></tr></table>`,
			"提案表\n案由：关于养老\n提案人：张明\n界别：社会福利\n一、建议。\n二、措施。\n"},
		{"data table", `<table><tbody><tr><td>序<td>事项<td>单位<tr><td>1<td>床位<td>民政<tr><td>2<td>医保<td>医保局</table>`, "序\t事项\t单位\n1\t床位\t民政\n2\t医保\t医保局\n"},
		{"page laid out by tables", `<table><tr><td><table><tr><td>案号</td><td>021</td></tr></table></td></tr><tr><td><p>甲</p><p>乙</p></td></tr></table>`, "案号：021\n甲\n乙\n"},
		{"preformatted", "<pre>一、甲\n  二、\t乙\n</pre>", "一、甲\n二、\t乙\n"},
		{"ruby", `<ruby>音<rp>(</rp><rt>yin</rt></ruby>`, "音\n"},
		{"from a word processor", `<p class=MsoNormal><![if !supportLists]><span>一、<span style='font:7pt'>&nbsp;</span></span><![endif]>背景<o:p></o:p></p>`, "一、 背景\n"},
		{"unclosed", `<p>甲<div>乙<table><tr><td>丙`, "甲\n乙\n丙\n"},
		{"text alone", `甲`, "甲\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Read([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	encoded := func(e encoding.Encoding, s string) []byte {
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=%"></head><body><p>关于增设过街天桥</p></body></html>`
	of := func(name string) string { return strings.Replace(page, "%", name, 1) }
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"UTF-8", []byte(of("utf-8")), "关于增设过街天桥\n"},
		{"UTF-8 that claims GBK", []byte(of("gbk")), "关于增设过街天桥\n"},
		{"UTF-8 with mark", []byte("\xEF\xBB\xBF" + of("gbk")), "关于增设过街天桥\n"},
		{"GB2312", encoded(simplifiedchinese.GB18030, of("gb2312")), "关于增设过街天桥\n"},
		{"GB18030 that claims UTF-8", encoded(simplifiedchinese.GB18030, of("utf-8")), "关于增设过街天桥\n"},
		{"GB18030 that claims nothing", encoded(simplifiedchinese.GB18030, "<p>关于增设过街天桥</p>"), "关于增设过街天桥\n"},
		{"Big5", encoded(traditionalchinese.Big5, strings.NewReplacer("%", "big5", "关于增设过街天桥", "關於增設過街天橋").Replace(page)), "關於增設過街天橋\n"},
		{"UTF-16", encoded(encodingunicode.UTF16(encodingunicode.LittleEndian, encodingunicode.UseBOM), of("unicode")), "关于增设过街天桥\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !Is(tt.in) {
				t.Error("not known as HTML")
			}
			got, err := Read(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"<!DOCTYPE html><p>甲", true}, {"  \r\n<HTML>", true}, {"<!-- a --><div class=x>", true}, {`<?xml version="1.0"?><html xmlns="x">`, true},
		{`<!DOCTYPE html PUBLIC "a"><html>`, true}, {"<p>甲</p>", true}, {"<x:a><html >", true},
		{"关于<p>的提案", false}, {"<关于养老>", false}, {"", false}, {`<?xml version="1.0"?><w:wordDocument>`, false}, {"<5 项", false}, {"\xFF\xFE<", false},
	} {
		if got := Is([]byte(tt.in)); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "error.file_empty"},
		{"no text", []byte("<html><body><script>x</script><p> </p></body></html>"), "error.file_empty"},
		{"large", make([]byte, MaxFile+1), "error.file_too_large"},
		{"noise", append([]byte("<p>"), bytes.Repeat([]byte{0xff, 0x80, 0x81, 0xfe}, 500)...), "error.file_not_text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Read(tt.in); readertest.Message(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// Elements within elements without end neither crash nor take a stack.
func TestDeep(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"<div>", "<table><tr><td>", "<ol><li>", "<b>", "<pre>"} {
		text, err := Read([]byte(strings.Repeat(open, 100_000) + "文"))
		if m := readertest.Message(err); m != "" && m != "error.file_damaged" {
			t.Errorf("%s: %v %.20q", open, err, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<html><meta charset=gbk><p>甲<ol start=-1 type=i><li>乙<table><tr><td>案由<td>丙</table>`))
	f.Add([]byte("<pre>\n\t</pre><ol reversed><li value=99>"))
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00"))
	f.Add([]byte(`<html><style>ol{counter-reset:i 2}li::before{counter-increment:i;content:counter(i,upper-roman) "."}.h{display:none}</style><ol><li>甲<li class=h>乙`))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E4=B8=80"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Read(b)
		readertest.Sound(t, s, err)
		if err != nil {
			return
		}
		if Is(b) != Is(append([]byte(" "), b...)) && len(b) < headSize-1 && len(b) > 3 && b[0] != 0xff && b[0] != 0xfe && b[0] != 0xef {
			t.Fatal("white space before a page changes what it is")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var page strings.Builder
	page.WriteString("<html><body>")
	for page.Len() < 2<<20 {
		page.WriteString(`<p class="a"><span>一、建议增设过街天桥，方便学生和老人通行，由交通和城管部门共同办理。</span></p><ol><li>甲<li>乙</ol>`)
	}
	in := []byte(page.String())
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(in); err != nil {
			b.Fatal(err)
		}
	}
}
