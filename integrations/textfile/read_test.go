package textfile

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	encodingunicode "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"huiban/integrations/internal/readertest"
)

const sample = "关于加快社区养老服务的提案（第021号）\n一、存在问题：床位不足，护理员 3 成缺编。\n二、建议：“每镇一院”，两年建成。\n"

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	le := encodingunicode.UTF16(encodingunicode.LittleEndian, encodingunicode.IgnoreBOM)
	be := encodingunicode.UTF16(encodingunicode.BigEndian, encodingunicode.IgnoreBOM)
	utf8Bytes := []byte(sample)
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"UTF-8", utf8Bytes, sample},
		{"UTF-8 with mark", append([]byte("\xEF\xBB\xBF"), utf8Bytes...), sample},
		{"UTF-8 cut inside a character", append(bytes.Clone(utf8Bytes), "养"[:2]...), sample},
		{"UTF-16LE with mark", append([]byte("\xFF\xFE"), encoded(t, le, sample)...), sample},
		{"UTF-16BE with mark", append([]byte("\xFE\xFF"), encoded(t, be, sample)...), sample},
		{"UTF-16LE", encoded(t, le, sample), sample},
		{"UTF-16BE", encoded(t, be, sample), sample},
		{"GB18030", encoded(t, simplifiedchinese.GB18030, sample), sample},
		{"GB18030, one name", encoded(t, simplifiedchinese.GB18030, "民政局"), "民政局"},
		{"GB18030, rare characters", encoded(t, simplifiedchinese.GB18030, sample+"委员㛃、𠮷、喆、堃"), sample + "委员㛃、𠮷、喆、堃"},
		{"GB18030, traditional", encoded(t, simplifiedchinese.GB18030, "關於加大教育投入、新建幼兒園的提案"), "關於加大教育投入、新建幼兒園的提案"},
		{"GB18030, bullet", encoded(t, simplifiedchinese.GB18030, "• 索引号"), "• 索引号"},
		{"GB18030 cut inside a character", append(encoded(t, simplifiedchinese.GB18030, sample), 0xD1), sample},
		{"UTF-8 filled up with NULs", append(bytes.Clone(utf8Bytes), make([]byte, 40)...), sample},
		{"UTF-8 with a NUL", []byte(strings.Repeat(sample, 2) + "\x00" + sample), strings.Repeat(sample, 3)},
		{"UTF-8 with a byte lost", []byte(strings.Repeat(sample, 6) + "提\xe6\xa1案"), strings.Repeat(sample, 6) + "提\ufffd案"},
		{"UTF-16 with a byte too many", append(append([]byte("\xFF\xFE"), encoded(t, le, sample)...), '\n'), sample},
		{"UTF-16 filled up", append(append([]byte("\xFF\xFE"), encoded(t, le, sample)...), 0, 0, 0, 0), sample},
		{"Big5", encoded(t, traditionalchinese.Big5, "關於加大教育投入、新建幼兒園的提案\n一、建議增設學位。"), "關於加大教育投入、新建幼兒園的提案\n一、建議增設學位。"},
		{"ASCII", []byte("DH0271"), "DH0271"},
		{"line ends", []byte("一\r\n二\r三\n四\v五\u2028六\u0085七"), "一\n二\n三\n四\n五\n六\n七"},
		{"a few controls", []byte("一\x07二\x1b三\u007f\ufeff四\t五"), "一二三四\t五"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
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

func TestRefusals(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 4096)
	if _, err := rand.NewChaCha8([32]byte{1}).Read(noise); err != nil {
		t.Fatal(err)
	}
	high := make([]byte, 4096)
	for i, c := range noise {
		high[i] = c | 0x80
	}
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "error.file_empty"},
		{"mark only", []byte("\xEF\xBB\xBF"), "error.file_empty"},
		{"blank", []byte(" \r\n\t\u3000\n"), "error.file_empty"},
		{"30 MB", bytes.Repeat([]byte("提"), 10<<20), "error.file_too_large"},
		{"noise", noise, "error.file_not_text"},
		{"noise over 0x80", high, "error.file_not_text"},
		{"zip", []byte("PK\x03\x04 and so on"), "error.file_not_text"},
		{"pdf", []byte("%PDF-1.7\n1 0 obj"), "error.file_not_text"},
		{"rich text", []byte(`{\rtf1 a}`), "error.file_not_text"},
		{"controls", []byte(strings.Repeat("\x01\x02a", 100)), "error.file_not_text"},
		{"NUL", []byte("提案\x00\x00\x00提案"), "error.file_not_text"},
		{"Latin-1", []byte("caf\xe9 na\xefve \xfcber"), "error.file_not_text"},
		{"odd UTF-16", []byte("\xFF\xFEa"), "error.file_not_text"},
		{"half a surrogate", []byte("\xFF\xFE\x00\xD8a\x00"), "error.file_not_text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(tt.in)
			if got := readertest.Message(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Any Chinese text reads the same from each encoding.
func TestEncodingsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		common := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严，。、：；“”（）《》")
		text := string(rapid.SliceOfN(rapid.SampledFrom(common), 4, 200).Draw(rt, "text")) + "\n"
		for name, e := range map[string]encoding.Encoding{
			"gb18030": simplifiedchinese.GB18030,
			"utf-16":  encodingunicode.UTF16(encodingunicode.LittleEndian, encodingunicode.UseBOM),
			"utf-8":   encoding.Nop,
		} {
			got, err := Read(encoded(t, e, text))
			if err != nil || got != text {
				rt.Fatalf("%s: %q %v, want %q", name, got, err, text)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(encoded(f, simplifiedchinese.GB18030, sample))
	f.Add([]byte("\xFF\xFEa\x00\n\x00"))
	f.Add([]byte("\x00a\x00b"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Read(b)
		readertest.Sound(t, s, err)
	})
}

func BenchmarkRead(b *testing.B) {
	file := encoded(b, simplifiedchinese.GB18030, strings.Repeat(sample, 5<<20/len(sample)))
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := Read(file); err != nil {
			b.Fatal(err)
		}
	}
}
