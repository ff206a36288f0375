package pdf

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/integrations/internal/readertest"
)

var update = flag.Bool("update", false, "print the papers anew into testdata")

// papers are worded for these tests; what is printed must come back paragraph by paragraph.
func papers() map[string]paper {
	long := "近年来，我市老年人口持续增加，社区里的养老服务站点数量不足、分布不均，护理员待遇偏低、流动频繁，居家照护缺少专业指导，" +
		"不少高龄独居老人遇到突发情况难以及时得到帮助，子女在外地工作的家庭对此尤为担忧，街道和村居也反映人手、经费都跟不上实际需要。"
	body := []string{
		"一、存在的问题",
		"（一）" + long,
		"（二）站点之间信息不通。" + long,
		"二、有关建议",
		"1.完善布局。建议民政部门会同自然资源部门，在2026年底前为每个镇街预留不少于300平方米的服务用房，并把验收和移交的要求写进土地出让条件，由住建部门在项目竣工时一并核验。",
		"2.稳定队伍。建议人社部门把养老护理员纳入紧缺职业目录，对连续从业满三年的给予岗位补贴，财政部门按年度安排经费。",
		long,
		"3.打通数据。建议医保、卫健、民政三个部门共用一套评估结果，老人不必重复提交材料。",
	}
	more := append([]string{"#关于加快完善社区居家养老服务体系的提案", "第021号", "提案人：张明等3人"}, body...)
	for range 3 {
		more = append(more, body...)
	}
	return map[string]paper{
		"indented": {header: "政协第十二届委员会第四次会议提案选编", footer: "— # —", lines: more},
		"flush":    {footer: "第 # 页 共 @ 页", size: 12, flush: true, lines: more[1:]},
		"form": {size: 14, footer: "#", lines: append([]string{
			"#政协提案表", "案号|DH0271", "案由|关于在老旧小区加装电梯时统筹管线迁改、楼道照明和消防通道整治，避免反复开挖的提案", "提案人|李红、王伟", "界别|社会福利和社会保障", "建议承办单位|住建、城管、供电部门"}, body...)},
		"single": {lines: []string{"关于增设过街天桥的建议", "建议在人民路小学门前增设过街天桥。"}},
		"pages":  {header: "内部资料 2026年第3期", footer: "#/@", lines: []string{body[1], "---", body[2], "---", "三、结语", long}},
	}
}

// stored is a paper as it lies in testdata; -update prints it anew.
func stored(t testing.TB, name string) []byte {
	t.Helper()
	file := filepath.Join("testdata", name+".pdf")
	if *update {
		b := papers()[name].print(t)
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// want is the text that a paper must give back.
func (p paper) want() string {
	var b strings.Builder
	for _, l := range p.lines {
		if l == "---" {
			continue
		}
		b.WriteString(strings.ReplaceAll(strings.TrimPrefix(l, "#"), "|", "：") + "\n")
	}
	return b.String()
}

func TestPapers(t *testing.T) {
	t.Parallel()
	readers := map[string]func(context.Context, []byte) (Document, error){"pdftotext": Read, "built-in": ReadBuiltIn}
	for name, p := range papers() {
		file := stored(t, name)
		for reader, read := range readers {
			t.Run(name+"/"+reader, func(t *testing.T) {
				t.Parallel()
				if reader == "pdftotext" {
					readertest.Program(t, "pdftotext")
				}
				doc, err := read(t.Context(), file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(p.want(), doc.Text()); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}
