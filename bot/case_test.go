package bot_test

import (
	"os"
	"path/filepath"
	"testing"

	"huiban/bot/demo"
)

// smallCase is a paper of two sections, each for one co-handler.
var smallCase = map[string]string{
	"case.yaml": `
proposal: {file: proposal.txt, kind: 政协提案, received: 2026-03-02}
lead: 市民政局
assignments:
  1: [市司法局]
  2: [市人社局]
`,
	"proposal.txt": `中山市政协十三届一次会议提案
第130017号
案由：关于办好社区长者饭堂的建议
提案人：林示例

（一）开展长者饭堂法律服务
建议组织律师和公证人员定期到长者饭堂，为老年人提供公共法律服务和法律援助咨询。

（二）培训长者饭堂从业人员
建议把长者饭堂的厨师、护理员纳入职业技能培训，给予培训补贴。
`,
}

func loadSmall(t *testing.T) *demo.Case {
	t.Helper()
	dir := t.TempDir()
	for name, body := range smallCase {
		writeFile(t, dir, name, body)
	}
	c, err := demo.LoadCase(dir)
	check(t, err)
	return c
}

func writeFile(t *testing.T, dir, name, body string) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
}
