package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"huiban/tasks"
)

const (
	clickedLead   = "minzheng"
	clickedNumber = "130017"
	clickedLetter = "中民函〔2020〕5号"
)

const clickedPaper = `中山市政协十三届一次会议提案

第130017号

案由：关于办好社区长者饭堂的建议

提案人：林示例

（一）开展长者饭堂法律服务
建议组织律师和公证人员定期到长者饭堂，为老年人提供公共法律服务和法律援助咨询。

（二）培训长者饭堂从业人员
建议把长者饭堂的厨师、护理员纳入职业技能培训，给予培训补贴。
`

// clickedTexts are what each unit types, by unit: the lead's for both sections.
var clickedTexts = map[string][]string{
	"sifa":      {"我局已组织律师每月到长者饭堂值守。"},
	"renshe":    {"我局把养老护理员列入培训补贴目录。"},
	clickedLead: {"市民政局已建成长者饭堂二十家。", "市民政局每年培训从业人员两次。"},
}

// TestBrowser takes a proposal from its registration to the issued letter by clicking and typing alone.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	p := openPage(t, openStage(t, "zh-CN"), "zh-CN", 1280, 900)
	p.registerByFile()
	p.chooseUnits(0, "sifa")
	p.chooseUnits(1, "renshe")
	p.confirm(action("desk.dispatch"))
	p.wait(action("desk.preview"))
	p.writeAs("sifa")
	p.writeAs("renshe")
	p.composeLetter()
	p.approveInTurn()
	p.issueLetter()
	text := p.readLetter()
	for _, part := range []string{clickedNumber, clickedLetter, "市司法局已组织律师每月到长者饭堂值守", "市人社局把养老护理员列入培训补贴目录",
		clickedTexts[clickedLead][0], clickedTexts[clickedLead][1], "抄送：", "市司法局，市人社局"} {
		if !strings.Contains(text, part) {
			t.Errorf("the letter lacks %q:\n%s", part, text)
		}
	}
	if strings.Contains(text, "我局") {
		t.Errorf("the letter speaks in a co-handler's first person:\n%s", text)
	}
}

func (p *page) registerByFile() {
	p.t.Helper()
	paper := filepath.Join(p.t.TempDir(), "提案.txt")
	if err := os.WriteFile(paper, []byte(clickedPaper), 0o600); err != nil {
		p.t.Fatal(err)
	}
	coordinator := p.person(clickedLead, tasks.RoleCoordinator, 0)
	p.become(coordinator, "home")
	p.open(`#main [data-action-id="register.open"]`, "register")
	p.do("choose the file", chromedp.SetUploadFiles(chromedp.CSS(view("register")+` input[type=file]`), []string{paper}))
	p.wait(view("register") + " .file-list [data-file-id]")
	p.submit("register")
	p.become(coordinator, "")
	p.wait(action("desk.dispatch"))
}

// chooseUnits makes one unit the only co-handler of the section at a place on the card.
func (p *page) chooseUnits(at int, unit string) {
	p.t.Helper()
	menu := chromedp.JSPath(fmt.Sprintf(`document.querySelectorAll(%q)[%d]`, action("desk.section"), at))
	p.do("open the section's menu", chromedp.Click(menu))
	p.open(`.menu [data-value$="|units"]`, "units")
	field := view("units") + ` input[data-block-id="units"]`
	selected := func() []string {
		var ids []string
		value, err := chromedp.Run(p.ctx, chromedp.AttributeValue(newest(field), "data-selected"))
		if err != nil {
			p.lost("read the chosen units", err)
		}
		for id := range strings.SplitSeq(value.Value, ",") {
			if id != "" {
				ids = append(ids, id)
			}
		}
		return ids
	}
	there := false
	for _, id := range selected() {
		if id == unit {
			there = true
			continue
		}
		p.click(view("units") + ` .chip[data-value="` + id + `"] button`)
	}
	if !there {
		d, _ := p.stage.cfg.City.Directory.Department(unit)
		p.do("look for the unit", chromedp.SendKeys(newest(field), d.Short))
		p.click(`.listbox .option[data-value="` + unit + `"]`)
	}
	p.holds("the unit is chosen", fmt.Sprintf("document.querySelector(%q).dataset.selected === %q", field, unit))
	p.submit("units")
}

// writeAs accepts and writes as a co-handler's liaison.
func (p *page) writeAs(unit string) {
	p.t.Helper()
	p.become(p.person(unit, tasks.RoleLiaison, 0), "")
	p.click(action("prompt.accept"))
	p.gone(action("prompt.accept"))
	p.write(action("prompt.write"), clickedTexts[unit])
}

// write fills the writing form's fields in their order.
func (p *page) write(press string, texts []string) {
	p.t.Helper()
	p.open(press, "contribution")
	for i, text := range texts {
		field := chromedp.JSPath(fmt.Sprintf(`document.querySelectorAll(%q)[%d]`, view("contribution")+" textarea", i))
		p.do("type a text", chromedp.SendKeys(field, text))
	}
	p.submit("contribution")
}

// composeLetter adopts what came in, writes the lead's own text and asks for approval.
func (p *page) composeLetter() {
	p.t.Helper()
	p.become(p.person(clickedLead, tasks.RoleCoordinator, 0), "")
	p.click(action("desk.adopt_all"))
	p.gone(action("desk.adopt_all"))
	p.write(action("desk.write"), clickedTexts[clickedLead])
	p.wait(action("desk.request") + ".primary")
	p.open(action("desk.preview"), "letter")
	if draft := p.text(view("letter")); !strings.Contains(draft, "市司法局已组织律师") {
		p.t.Errorf("the preview shows %q", draft)
	}
	p.click(view("letter") + " [data-view=close]")
	p.gone(view("letter"))
	p.click(action("desk.request"))
	p.gone(action("desk.request"))
}

func (p *page) approveInTurn() {
	p.t.Helper()
	for nth := range 2 {
		p.become(p.person(clickedLead, tasks.RoleLeader, nth), "")
		p.confirm(action("approval.approve"))
		p.gone(action("approval.approve"))
	}
}

func (p *page) issueLetter() {
	p.t.Helper()
	p.become(p.person(clickedLead, tasks.RoleCoordinator, 0), "")
	p.open(action("desk.issue"), "issue")
	p.enter(view("issue")+` [data-block-id="number"][data-action-id]`, clickedLetter)
	p.submit("issue")
	p.gone(action("desk.issue"))
}

// readLetter opens the headline's thread and reads the letter's text file.
func (p *page) readLetter() string {
	p.t.Helper()
	p.become(p.person(clickedLead, tasks.RoleCoordinator, 0), p.stage.cfg.Slack.HeadlineChannel(clickedLead))
	p.click("#main .replies")
	file := `#thread a.file-card[download$=".txt"]`
	p.wait(file)
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](
		fmt.Sprintf("fetch(document.querySelector(%q).href).then((r) => r.text())", file), chromedp.EvalAwaitPromise))
	if err != nil {
		p.lost("read the letter", err)
	}
	return text
}

// TestKeyboard works the writing form without a mouse, and finds its draft again.
func TestKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	p := openPage(t, openStage(t, "zh-CN"), "zh-CN", 1280, 900)
	p.registerByFile()
	p.chooseUnits(0, "sifa")
	p.confirm(action("desk.dispatch"))
	p.wait(action("desk.preview"))
	p.become(p.person("sifa", tasks.RoleLiaison, 0), "")
	p.wait(action("prompt.write"))

	p.tabTo("prompt.write")
	p.do("press Enter", chromedp.KeyEvent(kb.Enter))
	p.wait(view("contribution"))
	const typed = "我局拟组织律师值守，"
	p.do("type at once", chromedp.SendKeys(newest(view("contribution")+" textarea"), typed))
	p.do("press Escape", chromedp.KeyEvent(kb.Escape))
	p.gone("dialog.view")
	p.holds("the focus is back at the button", `document.activeElement.dataset.actionId === "prompt.write"`)

	p.do("press Enter", chromedp.KeyEvent(kb.Enter))
	p.wait(view("contribution"))
	p.holds("the draft is back", fmt.Sprintf("document.querySelector(%q).value === %q", view("contribution")+" textarea", typed))
}

// tabTo presses Tab until an element of this action has the focus.
func (p *page) tabTo(actionID string) {
	p.t.Helper()
	for range 80 {
		p.do("press Tab", chromedp.KeyEvent(kb.Tab))
		at, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.activeElement?.dataset.actionId ?? ""`))
		if err != nil {
			p.lost("tab to "+actionID, err)
		}
		if at == actionID {
			return
		}
	}
	p.t.Fatalf("Tab does not reach %s", actionID)
}

// TestNarrow looks at every place and form of a running proposal at a telephone's width.
func TestNarrow(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	p := openPage(t, openStage(t, "zh-CN"), "zh-CN", 390, 844)
	p.registerByFile()
	p.fits("review card")
	p.open(action("desk.head"), "head")
	p.fits("head form")
	p.do("press Escape", chromedp.KeyEvent(kb.Escape))
	p.gone("dialog.view")
	p.chooseUnits(0, "sifa")
	p.confirm(action("desk.dispatch"))
	p.wait(action("desk.preview"))
	p.fits("coordinator's card")
	p.become(p.person("sifa", tasks.RoleLiaison, 0), "home")
	p.wait(`#main [data-action-id="prompt.write"]`)
	p.fits("Home tab")
	p.become(p.person("sifa", tasks.RoleLiaison, 0), "")
	p.open(action("prompt.write"), "contribution")
	p.fits("writing form")
	p.become(p.person(clickedLead, tasks.RoleCoordinator, 0), p.stage.cfg.Slack.HeadlineChannel(clickedLead))
	p.wait("#main article")
	p.fits("channel")
}

// fits checks that nothing has to be scrolled sideways.
func (p *page) fits(what string) {
	p.t.Helper()
	wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[document.documentElement, ...document.querySelectorAll('#main, #main .scroller, dialog[open], dialog[open] .view-scroll')]
		.filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.tagName + '.' + n.className + ' ' + n.scrollWidth)`))
	if err != nil {
		p.lost("measure "+what, err)
	}
	if len(wide) > 0 {
		p.t.Errorf("%s: wider than the screen: %v", what, wide)
	}
}
