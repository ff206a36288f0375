package tasks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"huiban/tasks"
	"huiban/tasks/letter"
	"huiban/tasks/workday"
)

// script is what this test needs of a case.yaml; shared/cases/README.md describes the whole form.
type script struct {
	Proposal    struct{ File, Kind, Received string }
	Lead        string
	Inform      []string
	Assignments map[int][]string
	Texts       []struct {
		Department, Placement, Mention, Text string
		Section                              int
	} `yaml:"contributions"`
	LeadText map[int]string `yaml:"lead_text"`
	Reply    struct {
		Letterhead, Number, Title, Salutation, Opening, Closing, Signature, Date, Disclosure string
		Contact                                                                              struct{ Name, Phone string }
		CopyOrder                                                                            []string `yaml:"copy_order"`
	}
}

// TestCases plays each case through the domain and compares the letter with the expected one.
func TestCases(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"../bot/demo/example/124302", "../../shared/cases/124302"} {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the case is not on this machine: %v", err)
			}
			var s script
			if err := yaml.Unmarshal(read(t, dir, "case.yaml"), &s); err != nil {
				t.Fatal(err)
			}
			got := s.play(t, string(read(t, dir, s.Proposal.File)))
			want := lines(string(read(t, dir, "reply.txt")))
			for _, extra := range []string{s.Reply.Signature, chineseDate(t, s.Reply.Date)} {
				got = remove(got, extra, want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the letter (-want +got):\n%s", diff)
			}
		})
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lines is a letter in the form in which cases are compared.
func lines(text string) []string {
	var list []string
	for line := range strings.Lines(norm.NFKC.String(text)) {
		line = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, line)
		if line != "" {
			list = append(list, line)
		}
	}
	return list
}

func remove(got []string, extra string, want []string) []string {
	extra = lines(extra)[0]
	expected := 0
	for _, line := range want {
		if line == extra {
			expected++
		}
	}
	var kept []string
	for _, line := range got {
		if line == extra && expected == 0 {
			continue
		}
		kept = append(kept, line)
	}
	return kept
}

func day(t *testing.T, s string) workday.Date {
	t.Helper()
	d, err := workday.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func chineseDate(t *testing.T, s string) string {
	t.Helper()
	return day(t, s).At(0, testCity(t).Zone).Format("2006年1月2日")
}

func (s *script) play(t *testing.T, text string) []string {
	t.Helper()
	pl := &play{T: t, city: testCity(t), now: morning}
	c := pl.city
	p, err := tasks.NewProposal(c, pl.now, pl.coordinator(), civil, tasks.Head{Kind: tasks.Kind(s.Proposal.Kind), Received: day(t, s.Proposal.Received)}, tasks.Source{Text: text})
	pl.p = p
	pl.ok(err)
	if len(p.Sections) != len(s.Assignments) {
		t.Fatalf("%d sections, want %d", len(p.Sections), len(s.Assignments))
	}
	for section, units := range s.Assignments {
		pl.ok(p.SetUnits(c, pl.now, pl.coordinator(), section, units))
	}
	pl.ok(p.SetInformed(c, pl.now, pl.coordinator(), s.Inform))
	pl.ok(p.HandOut(c, pl.now, pl.coordinator()))
	arranged := map[int][]tasks.Arrangement{}
	for _, text := range s.Texts {
		d, err := c.Directory.Resolve(text.Department)
		pl.ok(err)
		pl.send(text.Section, d.ID, text.Text)
		pl.ok(p.Adopt(pl.now, pl.coordinator(), text.Section, d.ID, 0))
		ar := tasks.Arrangement{Department: d.ID, Mention: text.Mention}
		if text.Placement == string(letter.RunIn) {
			ar.Placement = letter.RunIn
		}
		arranged[text.Section] = append(arranged[text.Section], ar)
	}
	for section, list := range arranged {
		pl.ok(p.Arrange(c, pl.now, pl.coordinator(), section, list))
	}
	for section, text := range s.LeadText {
		pl.send(section, civil, text)
	}
	r := s.Reply
	pl.ok(p.Phrase(pl.now, pl.coordinator(), tasks.Reply{Letterhead: r.Letterhead, Title: r.Title, Salutation: r.Salutation,
		Opening: r.Opening, Closing: r.Closing, Signature: r.Signature}))
	pl.sign()
	pl.ok(p.Issue(c, pl.now, pl.coordinator(), tasks.Issuing{Number: r.Number, Date: day(t, r.Date), CopyList: r.CopyOrder,
		Contact: tasks.Contact{Name: r.Contact.Name, Phone: r.Contact.Phone}, Disclosure: tasks.Disclosure{Mode: r.Disclosure}}))
	final, _ := p.Issued()
	return lines(final.Letter.Text())
}
