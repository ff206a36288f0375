package docx

import (
	"context"
	"encoding/xml"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// need skips the test where a program is missing, but not in CI, which must have all.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("CI has no %s", p)
			}
			t.Skipf("no %s on this machine", p)
		}
	}
}

// render turns a letter into pictures at dotsPerMM and into placed words, a list a page.
func render(t *testing.T, docx []byte) (pictures []image.Image, words [][]word) {
	t.Helper()
	need(t, "soffice", "pdftoppm", "pdftotext")
	dir := t.TempDir()
	fonts, err := filepath.Abs("fonts.conf")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "letter.docx"), docx, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	do := func(name string, args ...string) []byte {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+fonts, "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return out
	}
	do("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "letter.docx")
	do("pdftoppm", "-r", "127", "-png", "letter.pdf", "page")
	names, err := filepath.Glob(filepath.Join(dir, "page-*.png"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, picture)
	}
	return pictures, placed(t, do("pdftotext", "-bbox", "letter.pdf", "-"))
}

const dotsPerMM = 5.0 // 127 dpi

// word is a piece of text with its place in millimetres from the page's upper left corner.
type word struct {
	Text   string  `xml:",chardata"`
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
}

func placed(t *testing.T, bbox []byte) [][]word {
	t.Helper()
	var doc struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(strings.NewReader(string(bbox)))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var pages [][]word
	for _, p := range doc.Pages {
		for i, w := range p.Words {
			p.Words[i] = word{w.Text, w.Left * mmPerPoint, w.Top * mmPerPoint, w.Right * mmPerPoint, w.Bottom * mmPerPoint}
		}
		pages = append(pages, p.Words)
	}
	return pages
}

func find(t *testing.T, page []word, text string) word {
	t.Helper()
	for _, w := range page {
		if strings.Contains(w.Text, text) {
			return w
		}
	}
	t.Fatalf("%s is not on the page", text)
	return word{}
}

// near fails when got is further than off millimetres from want.
func near(t *testing.T, what string, got, want, off float64) {
	t.Helper()
	if math.Abs(got-want) > off {
		t.Errorf("%s at %.1f mm, want %.1f ± %.1f", what, got, want, off)
	}
}

// band is a run of rows with red in them; left and right bound the red of all its rows.
type band struct{ top, bottom, left, right float64 }

func redBands(picture image.Image) []band {
	var bands []band
	box := picture.Bounds()
	open := false
	for y := box.Min.Y; y < box.Max.Y; y++ {
		left, right := -1, -1
		for x := box.Min.X; x < box.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			if r > 0xC000 && g < 0x9000 && b < 0x9000 {
				if left < 0 {
					left = x
				}
				right = x + 1
			}
		}
		if left < 0 {
			open = false
			continue
		}
		row := band{float64(y) / dotsPerMM, float64(y+1) / dotsPerMM, float64(left) / dotsPerMM, float64(right) / dotsPerMM}
		if !open {
			bands = append(bands, row)
			open = true
			continue
		}
		last := &bands[len(bands)-1]
		last.bottom, last.left, last.right = row.bottom, min(last.left, row.left), max(last.right, row.right)
	}
	return bands
}

func TestPicture(t *testing.T) {
	t.Parallel()
	l := sample()
	line := firstLine(lines(l.Letterhead))
	pictures, words := render(t, written(t, l))
	if len(pictures) != 3 {
		t.Fatalf("%d pages, want 3", len(pictures))
	}
	t.Run("red", func(t *testing.T) { checkRed(t, redBands(pictures[0]), line) })
	for i, p := range pictures[1:] {
		if bands := redBands(p); len(bands) > 0 {
			t.Errorf("red on page %d: %v", i+2, bands)
		}
	}
	const right, centre = pageWidth - marginRight, marginLeft + textWidth/2
	first, second, last := words[0], words[1], words[2]

	near(t, "number's right edge", find(t, first, "67").Right, right, 8)
	if n := find(t, first, "中民函"); n.Top < line+doubleLine() || n.Top > line+12 {
		t.Errorf("number at %.1f mm, not just below the line", n.Top)
	}
	title := find(t, first, "中山市民政局关于对")
	near(t, "title's middle", (title.Left+title.Right)/2, centre, 2)
	if mark := find(t, first, "类"); mark.Bottom > letterheadTop || mark.Right < right-3 {
		t.Errorf("class mark at %+v, not at the upper right", mark)
	}
	near(t, "salutation's left edge", find(t, first, "张明等委员").Left, marginLeft, 1)
	for _, w := range first {
		if w.Text == "1" && w.Top > pageHeight-marginBottom {
			t.Error("the first page has a number")
		}
		if w.Bottom > pageHeight-marginBottom+2 {
			t.Errorf("%q reaches below the text block", w.Text)
		}
	}
	near(t, "even page's number", find(t, second, "—").Left, marginLeft+size4*mmPerPoint, 2)
	near(t, "page number's dash below the text", (find(t, second, "—").Top+find(t, second, "—").Bottom)/2, pageHeight-marginBottom+7, 2)
	number := last[len(last)-1]
	for _, w := range last {
		if w.Top > pageHeight-marginBottom {
			number = w
		}
	}
	near(t, "odd page's number", number.Right, right-size4*mmPerPoint, 2)
	name, date := find(t, second, l.Signature), find(t, second, "日")
	near(t, "date's right edge", date.Right, right-4*size3*mmPerPoint, 2)
	near(t, "signature's middle", (name.Left+name.Right)/2, right-4*size3*mmPerPoint-ems(l.Date)*size3*mmPerPoint/2, 3)
	near(t, "note's indent on the copy list's page", find(t, last, "联系人").Left, marginLeft+2*size3*mmPerPoint, 3)
	list := find(t, last, "抄送")
	near(t, "copy list's left edge", list.Left, marginLeft+size4*mmPerPoint, 1)
	if list.Top < pageHeight*3/4 || list.Bottom > pageHeight-marginBottom+1 {
		t.Errorf("copy list at %.1f mm, not at the foot", list.Top)
	}
}

// checkRed wants the letterhead, two strokes below it, thick over thin, and two at the foot, thin over thick.
func checkRed(t *testing.T, bands []band, line float64) {
	if len(bands) < 5 {
		t.Fatalf("%d red bands, want the letterhead and four strokes: %v", len(bands), bands)
	}
	near(t, "letterhead's upper edge", bands[0].top, letterheadTop, 1)
	near(t, "letterhead's middle", (bands[0].left+bands[0].right)/2, pageWidth/2, 2)
	strokes := bands[len(bands)-4:]
	near(t, "letterhead's lower edge", bands[len(bands)-5].bottom, line-lineGap, 1)
	near(t, "first line", strokes[0].top, line, 0.4)
	near(t, "second line's foot", strokes[3].bottom, pageHeight-lineFoot, 0.4)
	for _, s := range strokes {
		near(t, "stroke's width", s.right-s.left, lineWidth, 0.6)
		near(t, "stroke's middle", (s.left+s.right)/2, pageWidth/2, 0.4)
	}
	thickness := func(b band) float64 { return b.bottom - b.top }
	if thickness(strokes[0]) <= thickness(strokes[1]) || thickness(strokes[2]) >= thickness(strokes[3]) {
		t.Errorf("strokes not thick over thin and thin over thick: %v", strokes)
	}
}
