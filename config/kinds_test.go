package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks/route"
)

// builtInKinds reads the built-in words, and the units of the built-in city.
func builtInKinds(t *testing.T) (*general, []*unit) {
	t.Helper()
	var faults Faults
	s := &source{}
	var g general
	r, root := s.open(dutiesFile, &faults)
	r.general(&g, root)
	r, root = s.open(departmentsFile, &faults)
	units := r.departments(root)
	r.complete(&cityPart{name: word{text: "中山市"}}, units)
	r.unique(units)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return &g, units
}

func TestKindsOfTheBuiltInCity(t *testing.T) {
	t.Parallel()
	g, units := builtInKinds(t)
	kinds := map[string][]string{}
	for kind, ids := range g.holders(units) {
		for _, id := range ids {
			kinds[id] = append(kinds[id], kind)
		}
	}
	for id, want := range map[string]string{
		"jiwei": "纪委", "ducha": "督查", "shiweiban": "党办", "zhengfuban": "外事 政府办", "bianban": "编办", "wangxinban": "网信", "jinrongban": "金融",
		"zuzhibu": "组织", "shegongbu": "社工部", "tongzhanbu": "侨务 民宗 统战", "xuanchuanbu": "宣传", "fagai": "发改 粮食", "jiaoti": "体育 教育",
		"gongan": "交警 公安", "minzheng": "民政", "ziran": "城市更新 林业 自然资源", "jiaotong": "交通", "gongjiaojituan": "公交公司", "gongyongjituan": "自来水公司",
		"shijian": "市监 知识产权", "shuiwu": "水务", "shuiwuju": "税务", "keji": "科技", "kexie": "科协", "shekelian": "社科", "yingji": "应急",
		"chengguan": "园林 城管", "zhengshu": "政务服务", "nongye": "农业 海洋", "wenguanglv": "文旅", "gongxin": "工信", "shangwu": "商务", "renhang": "人行",
		"jinrongjianguan": "金融监管", "zonggonghui": "工会", "gongshanglian": "工商联", "tuanwei": "团委", "xiaolan": "", "tianwei": "",
	} {
		slices.Sort(kinds[id])
		if got := strings.Join(kinds[id], " "); got != want {
			t.Errorf("%s is of the kinds %q, want %q", id, got, want)
		}
	}
}

// county is a city of its own: names of its own, no duties but what a line says.
func county(t *testing.T, units ...string) *route.Router {
	t.Helper()
	var b strings.Builder
	b.WriteString(strings.Replace(small()[departmentsFile], "  - {id: minzheng, name: 市民政局, class: 政府, aliases: [民政局]}\n", "", 1))
	for i, u := range units {
		name, rest, _ := strings.Cut(u, " ")
		class := "政府"
		if strings.Contains(name, "委") && !strings.Contains(name, "国资委") {
			class = "党委"
		}
		fmt.Fprintf(&b, "  - {id: u%d, name: %s, class: %s%s}\n", i, name, class, rest)
	}
	files := small()
	files[departmentsFile] = b.String()
	c, err := LoadFS(folder(files), "own")
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	return c.City.Router
}

func TestCountyWithFewWords(t *testing.T) {
	t.Parallel()
	names := []string{
		"县委组织部", "县委宣传部", "县委统战部", "县委政法委", "县发展和改革局", "县教育体育局", "县工业信息化和科技局", "县公安局", "县民政局", "县司法局", "县财政局",
		"县人力资源和社会保障局", "县自然资源和规划局", "生态环境分局", "县住房和城乡建设局", "县交通运输局", "县水利局", "县农业农村局", "县商务局", "县文化旅游局",
		"县卫生健康局", "县退役军人事务局", "县应急管理局", "县审计局", "县市场监督管理局", "县医疗保障局", "县行政审批和数据局", "县综合执法局", "县税务局", "县消防救援大队",
		"县供电公司", "县残联", "团县委", "县妇联", "县总工会",
	}
	r := county(t, names...)
	for _, tt := range []struct {
		heading, body, want string
	}{
		{"缓解县城停车难", "在老街划定夜间临时车位，清理长期占道的废旧车辆，劝导店铺不占车位。", "县综合执法局"},
		{"让孩子就近上学", "县城小学班额大，乡下学校没几个学生，请统筹师资。", "县教育体育局"},
		{"看病不再往外跑", "县医院缺儿科医生，卫生院设备旧，慢性病开药不方便。", "县卫生健康局"},
		{"把报销比例提上去", "门诊花费大，异地就医垫付多，请扩大直接结算。", "县医疗保障局"},
		{"管好广场舞和夜间噪音", "夜里喇叭声大，群众报警多。", "县公安局"},
		{"治理楼道飞线充电", "电动自行车进楼充电，起火风险大，请建集中充电棚。", "县消防救援大队"},
		{"抵制高价彩礼", "红白事攀比，群众负担重，请完善村规民约。", "县民政局"},
		{"提高残疾人补贴标准", "所需经费列入预算。", "县财政局"},
		{"修好进村的路", "三公里村道坑洼不平，客车不愿进村。", "县交通运输局"},
		{"让种粮人有奔头", "扶持家庭农场和合作社，推广良种，撂荒地要种起来。", "县农业农村局"},
		{"自来水要喝得放心", "水压低，管网老，一下雨水就浑。", "县水利局"},
		{"审批少跑腿", "推行一窗受理，材料能在网上交的不再要纸质。", "县行政审批和数据局"},
		{"讨薪不再难", "工地欠薪年年有，请落实工资保证金。", "县人力资源和社会保障局"},
		{"健身场地开到家门口", "利用空地建球场和健身步道。", "县教育体育局"},
		{"保护古树", "挂牌建档，防止施工损坏。", "县自然资源和规划局"},
	} {
		t.Run(tt.heading, func(t *testing.T) {
			t.Parallel()
			got := r.Suggest(route.Text{Heading: tt.heading, Body: tt.body}, route.Context{})
			id, _ := r.Resolve(tt.want)
			if !slices.ContainsFunc(got[:min(3, len(got))], func(s route.Suggestion) bool { return s.Unit == id }) {
				t.Errorf("%s is not among the first three: %+v", tt.want, got)
			}
		})
	}
}

func TestKindsOfAUnit(t *testing.T) {
	t.Parallel()
	text := route.Text{Heading: "改善幼儿园的伙食"}
	suggested := func(t *testing.T, line string) []string {
		var ids []string
		for _, s := range county(t, line).Suggest(text, route.Context{}) {
			ids = append(ids, s.Unit)
		}
		return ids
	}
	for name, tt := range map[string]struct {
		line string
		want []string
	}{
		"by name":                  {"县教育局", []string{"u0"}},
		"a name that says nothing": {"县经社局", nil},
		"chosen":                   {"县经社局 , kinds: [教育, 民政]", []string{"u0"}},
		"none":                     {"县教育局 , kinds: []", nil},
		"words of its own":         {"县教育局 , kinds: [], duties: [幼儿园]", []string{"u0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, suggested(t, tt.line)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOwnWordsGoBefore holds that a city's own weight is not raised by the general one, and that a plain word is.
func TestOwnWordsGoBefore(t *testing.T) {
	t.Parallel()
	text := route.Text{Body: "幼儿园"}
	score := func(line string) float64 { return county(t, line).Suggest(text, route.Context{})[0].Score }
	general, plain, low := score("县教育局"), score("县教育局 , duties: [幼儿园]"), score("县教育局 , duties: [幼儿园: 0.4]")
	if plain != general || low >= general {
		t.Errorf("general %v, plain %v, low %v", general, plain, low)
	}
}

func TestBrokenKinds(t *testing.T) {
	t.Parallel()
	files := small()
	files[dutiesFile] = "blind: [市政府]\nkinds:\n  - {kind: 教育, names: [教育], own: [学校: 12], otherwise: [民生]}\n  - {kind: 教育, names: [教体]}\n"
	files[departmentsFile] += "  - {id: jiaoyu, name: 市教育局, class: 政府, kinds: [教学]}\n"
	_, err := LoadFS(folder(files), "own")
	want := []string{
		`own/departments.yaml:6:49: no kind of unit is called "教学"; the kinds stand in duties.yaml`,
		`own/duties.yaml:3:39: "12" is no weight; write a number above 0, at most 10`,
		`own/duties.yaml:3:56: no kind of unit is called "民生"; the kinds stand in duties.yaml`,
		`own/duties.yaml:4:12: "教育" stands in this list already, on line 3`,
	}
	var got []string
	for _, f := range faultsOf(t, err) {
		got = append(got, Faults{f}.Error())
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
