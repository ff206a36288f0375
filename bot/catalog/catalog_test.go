package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestLanguagesHoldTheSameTexts(t *testing.T) {
	t.Parallel()
	first := texts(t, Languages[0])
	for _, lang := range Languages[1:] {
		if diff := cmp.Diff(idsByFile(first), idsByFile(texts(t, lang))); diff != "" {
			t.Errorf("ids of %s (-) and %s (+) differ:\n%s", Languages[0], lang, diff)
		}
	}
}

func TestLanguagesUseTheSameValues(t *testing.T) {
	t.Parallel()
	first := flat(t, Languages[0])
	for _, lang := range Languages[1:] {
		for id, text := range flat(t, lang) {
			here, _ := fields(t, id, text)
			there, _ := fields(t, id, first[id])
			if diff := cmp.Diff(there, here); diff != "" {
				t.Errorf("%s: values of %s (-) and %s (+) differ:\n%s", id, Languages[0], lang, diff)
			}
		}
	}
}

var (
	halfWidth = regexp.MustCompile(`\p{Han}[,;:?]|[,;:?]\p{Han}`)
	emphasis  = regexp.MustCompile("[*_`~]")
)

func TestTone(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages {
		for id, text := range flat(t, lang) {
			said := sample(t, id, text)
			switch {
			case strings.TrimSpace(said) == "":
				t.Errorf("%s %s is empty", lang, id)
			case strings.ContainsAny(said, "!！"):
				t.Errorf("%s %s has an exclamation mark: %s", lang, id, said)
			case lang == "zh-CN" && halfWidth.MatchString(said):
				t.Errorf("%s %s has half-width punctuation beside Chinese: %s", lang, id, said)
			case lang == "zh-CN" && strings.Contains(said, "你"):
				t.Errorf("%s %s does not say 您: %s", lang, id, said)
			case strings.HasPrefix(id, "error.") && !strings.ContainsAny(string([]rune(said)[utf8.RuneCountInString(said)-1]), "。."):
				t.Errorf("%s %s is no full sentence: %s", lang, id, said)
			}
		}
	}
}

// otherTitles end like a window's title and are none.
var otherTitles = []string{"home.title", "field.title", "frame.letter_title"}

// limit is how many characters Slack shows of a text at its place; 0 when that depends on the place alone.
func limit(id string) int {
	switch {
	case slices.Contains(otherTitles, id):
		return 75
	case strings.HasSuffix(id, ".title"), strings.HasSuffix(id, "_title"), strings.HasSuffix(id, ".submit") && !isWord(id),
		strings.HasPrefix(id, "form."), id == "manifest.message_shortcut", id == "manifest.shortcut":
		return 24
	case id == "confirm.yes", id == "confirm.no":
		return 30
	case id == "manifest.name":
		return 35
	case strings.Contains(id, ".button."), strings.Contains(id, ".menu."), strings.HasPrefix(id, "return_reason."), strings.HasPrefix(id, "kind."):
		return 75
	case id == "manifest.description":
		return 140
	case strings.Contains(id, ".header"):
		return 150
	case strings.HasSuffix(id, "_question"):
		return 300
	}
	return 0
}

// isWord tells families whose ids end in the domain's codes.
func isWord(id string) bool {
	return strings.HasPrefix(id, "event.") || strings.HasPrefix(id, "notice.") || strings.HasPrefix(id, "cli.")
}

func TestTextsFitTheirPlaces(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages {
		for id, text := range flat(t, lang) {
			max := limit(id)
			if max == 0 {
				continue
			}
			said := sample(t, id, text)
			if n := utf8.RuneCountInString(said); n > max {
				t.Errorf("%s %s has %d characters, room for %d: %s", lang, id, n, max, said)
			}
			if emphasis.MatchString(said) {
				t.Errorf("%s %s is shown plain, without emphasis: %s", lang, id, said)
			}
		}
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, lang, id string
		values         []any
		want           string
	}{
		{"plain", "zh-CN", "form.save", nil, "保存"},
		{"plain in English", "en", "form.save", nil, "Save"},
		{"values", "zh-CN", "desk.section", []any{"No", 2, "Heading", "规范引导"}, "*2. 规范引导*"},
		{"value left out", "zh-CN", "desk.evidence", []any{"Unit", "市民政局", "Percent", 80, "Words", ""}, "市民政局（80%）"},
		{"value present", "zh-CN", "desk.evidence", []any{"Unit", "市民政局", "Percent", 80, "Words", "养老"}, "市民政局（80%，依据：养老）"},
		{"overdue", "zh-CN", "summary.waiting", []any{"Units", "市民政局", "Since", "2026年3月2日 09:00", "Due", "2026年3月31日", "Days", -3},
			"尚待报送：市民政局（自2026年3月2日 09:00起），最近期限2026年3月31日，已逾期 3 个工作日"},
		{"singular", "en", "rule.working_days", []any{"N", 1, "Start", "2026-03-02"}, "1 working day from 2026-03-02"},
		{"plural", "en", "rule.working_days", []any{"N", 5, "Start", "2026-03-02"}, "5 working days from 2026-03-02"},
		{"space kept", "en", "state.version", []any{"Version", 2}, " (version 2)"},
		{"unknown", "en", "no.such_id", nil, "[no.such_id]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text, err := New(tt.lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := text.Say(tt.id, tt.values...); got != tt.want {
				t.Errorf("Say(%q) = %q, want %q", tt.id, got, tt.want)
			}
		})
	}
}

func TestNewRefusesUnknownLanguage(t *testing.T) {
	t.Parallel()
	if _, err := New("fr"); err == nil || !strings.Contains(err.Error(), "fr") {
		t.Errorf("New(fr) = %v, want an error that names it", err)
	}
}
