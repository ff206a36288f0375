package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func folder(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func builtInText(t testing.TB, name string) string {
	t.Helper()
	data, err := defaultFiles.ReadFile("defaults/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// small is a whole city, on whose files the broken ones are built.
func small() map[string]string {
	return map[string]string{
		cityFile: `name: 甲市
zone: Asia/Shanghai
language: zh-CN
people:
  default: one
  patterns:
    one:
      - {role: liaison, title: 联络员, name: '{plain}联络员', email: '{id}@jia.example'}
`,
		departmentsFile: `departments:
  - {id: bangongshi, name: 市政府办公室, class: 政府}
  - {id: tianwei, name: 市政协提案委, class: 政协, never_handles: true}
  - {id: daigong, name: 市人大代工委, class: 人大, never_handles: true}
  - {id: minzheng, name: 市民政局, class: 政府, aliases: [民政局]}
`,
	}
}

func faultsOf(t *testing.T, err error) Faults {
	t.Helper()
	if err == nil {
		t.Fatal("no fault was found")
	}
	fs, ok := errors.AsType[Faults](err)
	if !ok {
		t.Fatalf("the error is %T: %v", err, err)
	}
	for _, f := range fs {
		if slices.Contains([]string{message(LangEnglish, f.Message), message(LangChinese, f.Message)}, f.Message) {
			t.Errorf("no text for the message %q", f.Message)
		}
	}
	return fs
}

func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	const unit = "  - {id: jiaoyu, name: 市教育局, class: 政府"
	for name, tt := range map[string]struct {
		file     string
		old, new string // in the file; "" for old: the whole file
		want     []string
	}{
		"not YAML":          {cityFile, "", "name: [甲市\n", []string{`own/city.yaml:1:1: this is not YAML: did not find expected ',' or ']'`}},
		"empty file":        {rulesFile, "", "# nothing\n", []string{`own/rules.yaml: the file is empty; remove it to use the built-in one`}},
		"GB18030":           {cityFile, "甲市", "\xbc\xd7\xca\xd0", []string{`own/city.yaml: the file is not UTF-8; save it in UTF-8 (GBK or GB18030 cannot be read)`}},
		"too large":         {letterFile, "", strings.Repeat("# long\n", MaxFileBytes/6), []string{`own/letter.yaml: the file is larger than 1048576 bytes`}},
		"two documents":     {cityFile, "甲市\n", "甲市\n---\nname: 乙市\n", []string{`own/city.yaml:1:1: "zone" is missing`, `own/city.yaml:1:1: "language" is missing`, `own/city.yaml:1:1: "people" is missing`, `own/city.yaml:2:1: a second document begins here; a file holds one`}},
		"alias":             {cityFile, "甲市", "&a 甲市", []string{`own/city.yaml:1:7: anchors and aliases (& and *) are not used here`}},
		"unknown key":       {cityFile, "language:", "colour: red\nlanguage:", []string{`own/city.yaml:3:1: unknown key "colour"; known are: language, name, people, province, zone`}},
		"key twice":         {cityFile, "language:", "name: 乙市\nlanguage:", []string{`own/city.yaml:3:1: "name" stands on line 1 already`}},
		"number for text":   {cityFile, "甲市", "2020", []string{`own/city.yaml:1:7: 2020 is read as something other than text; put it in quotes`}},
		"list for text":     {cityFile, "甲市", "[甲市]", []string{`own/city.yaml:1:7: a single value is wanted here`}},
		"zone":              {cityFile, "Asia/Shanghai", "Asia/Zhongshan", []string{`own/city.yaml:2:7: "Asia/Zhongshan" is no time zone; write one like Asia/Shanghai`}},
		"zone of the host":  {cityFile, "Asia/Shanghai", "Local", []string{`own/city.yaml:2:7: "Local" is no time zone; write one like Asia/Shanghai`}},
		"language":          {cityFile, "zh-CN", "fr", []string{`own/city.yaml:3:11: "fr" is not possible here; choose one of: zh-CN, en`}},
		"pattern":           {cityFile, "default: one", "default: two", []string{`own/city.yaml:5:12: no pattern of people is called "two"`}},
		"shared address":    {cityFile, "{id}@jia", "all@jia", []string{`own/city.yaml:8:64: {id} is missing from the sentence`}},
		"id":                {departmentsFile, "id: minzheng", "id: Min-zheng", []string{`own/departments.yaml:5:10: "Min-zheng" is no id; use 2 to 32 lower-case letters and digits, a letter first`}},
		"class":             {departmentsFile, "政府, aliases", "机关, aliases", []string{`own/departments.yaml:5:39: "机关" is not possible here; choose one of: 党委, 人大, 政府, 政协, 法检, 群团, 垂管, 企业, 镇区`}},
		"name missing":      {departmentsFile, "name: 市民政局, ", "", []string{`own/departments.yaml:5:5: "name" is missing`}},
		"id twice":          {departmentsFile, "", small()[departmentsFile] + "  - {id: minzheng, name: 市教育局, class: 政府, people: none, never_handles: true}\n", []string{`own/departments.yaml:6:10: the id "minzheng" belongs to the unit on line 5 already`}},
		"name twice":        {departmentsFile, "", small()[departmentsFile] + unit + ", aliases: [民 政局]}\n", []string{`own/departments.yaml:6:51: the name "民 政局" belongs to 市民政局 on line 5 already`}},
		"derived twice":     {departmentsFile, "", small()[departmentsFile] + "  - {id: jiaoyu, name: 市教育局, official: 甲市民政局, class: 政府}\n", []string{`own/departments.yaml:6:40: the name "甲市民政局" belongs to 市民政局 on line 5 already`}},
		"alias repeats":     {departmentsFile, "[民政局]", "[民政局, 市民政局, 民政局]", []string{`own/departments.yaml:5:58: the alias "市民政局" is already one of the unit's names`, `own/departments.yaml:5:64: "民政局" stands in this list already, on line 5`}},
		"successor":         {departmentsFile, "", small()[departmentsFile] + unit + ", successor: 市体育局}\n", []string{`own/departments.yaml:6:52: no department is called "市体育局"`}},
		"successor circle":  {departmentsFile, "", small()[departmentsFile] + unit + ", successor: jiaoyu}\n", []string{`own/departments.yaml:6:52: the successors of 市教育局 go round in a circle`}},
		"former at work":    {departmentsFile, "", small()[departmentsFile] + unit + ", successor: minzheng, duties: [学校]}\n", []string{`own/departments.yaml:6:52: a unit with a successor has no duties and no people of its own; they belong to the successor`}},
		"weight":            {departmentsFile, "", small()[departmentsFile] + unit + ", duties: [学校: 11, 学位: many, 学校]}\n", []string{`own/departments.yaml:6:54: "11" is no weight; write a number above 0, at most 10`, `own/departments.yaml:6:62: "many" is no weight; write a number above 0, at most 10`, `own/departments.yaml:6:68: "学校" stands in this list already, on line 6`}},
		"prefix":            {departmentsFile, "", small()[departmentsFile] + unit + ", number_prefix: JYJ}\n", []string{`own/departments.yaml:6:56: "JYJ" is no prefix of document numbers; write 2 to 12 Chinese characters`}},
		"address":           {departmentsFile, "", small()[departmentsFile] + unit + ", posts: [{role: liaison, title: 联络员, name: 周某, email: zhou}]}\n", []string{`own/departments.yaml:6:5: 市教育局 has no liaison: nobody could be asked; give it a post, or set never_handles`, `own/departments.yaml:6:94: "zhou" is no e-mail address`}},
		"person twice":      {departmentsFile, "", small()[departmentsFile] + unit + ", posts: [{role: liaison, title: A, name: 周某, email: z@j.example}, {role: liaison, title: B, name: 周某, email: Z@j.example}]}\n", []string{`own/departments.yaml:6:106: z@j.example is liaison of 市教育局 twice`}},
		"member id":         {departmentsFile, "", small()[departmentsFile] + unit + ", posts: [{role: liaison, title: A, name: 周某, email: z@j.example, slack: zhou}]}\n", []string{`own/departments.yaml:6:112: "zhou" is no member id; it looks like U0123ABCD`}},
		"two people one id": {departmentsFile, "", small()[departmentsFile] + unit + ", posts: [{role: liaison, title: A, name: 周某, email: z@j.example, slack: U01234}, {role: leader, title: B, name: 吴某, email: w@j.example, slack: U01234}]}\n", []string{`own/departments.yaml:6:121: the member id U01234 and the address w@j.example do not belong to one person`}},
		"unit of a rule":    {rulesFile, "n: 5, unit: working_days", "n: 5, unit: weeks", []string{`own/rules.yaml:13:24: "weeks" is not possible here; choose one of: working_days, calendar_days, months, fixed`}},
		"range":             {rulesFile, "n: 5, unit", "n: 0, unit", []string{`own/rules.yaml:13:15: 0 is out of range; 1 to 3660`}},
		"fixed with n":      {rulesFile, "{n: 3, unit: months, name: 答复", "{n: 3, unit: fixed, date: 2026-02-30, name: 答复", []string{`own/rules.yaml:19:10: "n" makes no sense with the unit fixed`, `own/rules.yaml:19:36: "2026-02-30" is no date; write YYYY-MM-DD`}},
		"reminders":         {rulesFile, "[5, 1, 0], hour: 9", "[1, 5], hour: 24", []string{`own/rules.yaml:24:25: 5 is not smaller than the number before it; go down, each number once`, `own/rules.yaml:24:35: 24 is out of range; 0 to 23`}},
		"quiet reminders":   {rulesFile, "hour: 9", "hour: 7", []string{`own/rules.yaml:24:38: reminders at 7 would fall into the quiet hours from 20 to 8`}},
		"standing":          {rulesFile, "市政府办公室, 市政协提案委", "市府, 市政协提案委, tianwei", []string{`own/rules.yaml:28:10: no department is called "市府"`, `own/rules.yaml:28:22: "tianwei" stands for 市政协提案委, which is named already`}},
		"return reason":     {rulesFile, "duplicate, other]", "lazy, other, other]", []string{`own/rules.yaml:37:57: "lazy" is not possible here; choose one of: not_duty, needs_other, superseded_law, duplicate, other`, `own/rules.yaml:37:70: "other" stands in this list already, on line 37`}},
		"calendar":          {calendarFile, "", "years:\n  2026:\n    source: 通知\n    holidays:\n      - {name: 元旦, off: [2026-01-01..2026-01-03, 2026-1-4, 2025-12-31, 2026-01-02]}\n    makeup: [2026-01-05]\n", []string{`own/calendar.yaml:5:50: "2026-1-4" is no date and no range; write YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD, forward over at most 31 days`, `own/calendar.yaml:5:60: 2025-12-31 does not belong to the year 2026`, `own/calendar.yaml:5:72: 2026-01-02 was already given on line 5`, `own/calendar.yaml:6:14: 2026-01-05 is no Saturday or Sunday, so it cannot be a make-up day`}},
		"placeholder":       {letterFile, "抄送：{list}。", "抄送：{lits}{。", []string{`own/letter.yaml:38:7: {lits} cannot be filled in here; possible are: list`, `own/letter.yaml:38:7: braces do not match; a name stands in them: {name}`, `own/letter.yaml:38:7: {list} is missing from the sentence`}},
		"kind of paper":     {letterFile, "member: {政协提案: 委员, 人大建议: 代表}", "member: {政协提案: 委员}", []string{`own/letter.yaml:14:9: "人大建议" is missing`}},
		"true and false":    {letterFile, "single_heading: false", "single_heading: no way", []string{`own/letter.yaml:26:17: "no way" is neither true nor false`}},
		"channel":           {botFile, "headline_channel: 提案办理", "headline_channel: '#提案 办理'", []string{`own/bot.yaml:5:21: "#提案 办理" is no channel: write its id (C…), or its name in lower case without # and blanks, at most 80 characters`}},
		"channel of nobody": {botFile, "headline_channels: {}", "headline_channels: {市财政局: 财政}", []string{`own/bot.yaml:8:23: no department is called "市财政局"`}},
		"workers":           {botFile, "workers: 16", "workers: many", []string{`own/bot.yaml:13:10: "many" is no whole number`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := small()
			text, ok := files[tt.file]
			if !ok {
				text = builtInText(t, tt.file)
			}
			if tt.old != "" && !strings.Contains(text, tt.old) {
				t.Fatalf("%s does not hold %q", tt.file, tt.old)
			}
			files[tt.file] = strings.Replace(text, tt.old, tt.new, 1)
			if tt.old == "" {
				files[tt.file] = tt.new
			}
			_, err := LoadFS(folder(files), "own")
			got := strings.Split(faultsOf(t, err).Error(), "\n")
			slices.Sort(got)
			slices.Sort(tt.want)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAllAtOnce finds the faults of several files in one go, in their order, in both languages.
func TestAllAtOnce(t *testing.T) {
	t.Parallel()
	files := small()
	files[cityFile] = strings.Replace(files[cityFile], "zh-CN", "fr", 1)
	files[departmentsFile] = strings.Replace(files[departmentsFile], "市政协提案委", "市政协办", 1)
	files[botFile] = strings.Replace(builtInText(t, botFile), "queue: 256", "queue: 0", 1)
	_, err := LoadFS(folder(files), "own")
	want := `own/city.yaml:3:11: 此处不能写“fr”，可选：zh-CN, en
<built-in>/rules.yaml:28:18: 内置文件引用了“市政协提案委”，而名录中没有该单位；请自备 rules.yaml
own/bot.yaml:15:8: 0 超出范围，应为 1 至 100000`
	if diff := cmp.Diff(want, faultsOf(t, err).In(LangChinese)); diff != "" {
		t.Error(diff)
	}
	if got := Explain(err, "fr"); !strings.Contains(got, "bring a rules.yaml of your own") {
		t.Errorf("an unknown language is not answered in English: %s", got)
	}
}

func TestBrokenFolders(t *testing.T) {
	t.Parallel()
	city := small()
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"empty":          {map[string]string{"README.md": "x"}, "own: the folder holds no configuration; it may hold: city.yaml departments.yaml duties.yaml rules.yaml calendar.yaml letter.yaml bot.yaml"},
		"one of the two": {map[string]string{cityFile: city[cityFile]}, "own/city.yaml: departments.yaml is missing: another city brings both files"},
		"the other":      {map[string]string{departmentsFile: city[departmentsFile]}, "own/departments.yaml: city.yaml is missing: another city brings both files"},
		"misspelt":       {map[string]string{botFile: "x", "rule.yml": "x"}, "own/rule.yml: no file of this name is read; it must be one of: city.yaml departments.yaml duties.yaml rules.yaml calendar.yaml letter.yaml bot.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := LoadFS(folder(tt.files), "own")
			if got := faultsOf(t, err).Error(); got != tt.want {
				t.Errorf("got %s", got)
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent folder: %v", err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, botFile), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.HasSuffix(err.Error(), "this is not a regular file") {
		t.Errorf("a folder in place of a file: %v", err)
	}
}

// TestCatalogs compares the two languages, and the ids with those that the code uses.
func TestCatalogs(t *testing.T) {
	t.Parallel()
	names := regexp.MustCompile(`\{\w+\}`)
	zh, en := catalogs()[LangChinese], catalogs()[LangEnglish]
	var code strings.Builder
	sources, _ := filepath.Glob("*.go")
	for _, name := range sources {
		if !strings.HasSuffix(name, "_test.go") {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(data)
		}
	}
	for id, text := range en {
		a, b := names.FindAllString(text, -1), names.FindAllString(zh[id], -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: %v in English, %v in Chinese", id, a, b)
		}
		if !strings.Contains(code.String(), `"`+id+`"`) {
			t.Errorf("%s is not used", id)
		}
	}
	for id := range zh {
		if _, ok := en[id]; !ok {
			t.Errorf("%s has no English text", id)
		}
	}
	for _, m := range regexp.MustCompile(`(?:fault\([^,]+, |Message: )"(\w+)"`).FindAllStringSubmatch(code.String(), -1) {
		if _, ok := en[m[1]]; !ok {
			t.Errorf("%s has no text", m[1])
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range fileNames {
		f.Add(name, builtInText(f, name))
	}
	f.Add(cityFile, "name: &a [*a]\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		files := small()
		if _, err := os.Stat(filepath.Join("defaults", filepath.Base(name))); err != nil {
			name = cityFile
		}
		files[filepath.Base(name)] = text
		c, err := LoadFS(folder(files), "own")
		if err == nil && (c == nil || c.City == nil || c.City.Router == nil) {
			t.Error("neither a configuration nor a fault")
		}
		if err != nil && faultsOf(t, err).In(LangChinese) == "" {
			t.Error("a fault without a text")
		}
	})
}
