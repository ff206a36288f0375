package main_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rule forbids imports to the packages below a folder. Test files may do what tests names as well.
type rule struct {
	name   string
	within string   // folder; "" for the whole tree
	except []string // folders below it that are free
	deny   []string // import paths and everything below them
	tests  []string // denied ones that test files may import
}

var rules = []rule{
	{
		name:   "tasks is pure",
		within: "tasks",
		deny: []string{"github.com/slack-go", "github.com/redis", "net/http", "os/exec", "go.yaml.in/yaml",
			"huiban/bot", "huiban/config", "huiban/integrations"},
		tests: []string{"go.yaml.in/yaml"},
	},
	{
		name:   "config knows no technology",
		within: "config",
		deny:   []string{"github.com/slack-go", "github.com/redis", "net/http", "huiban/bot", "huiban/integrations"},
	},
	{
		name:   "integrations serve the bot",
		within: "integrations",
		deny:   []string{"huiban/bot", "huiban/config"},
	},
	{
		name:   "only redisstore speaks to Redis",
		except: []string{"integrations/redisstore"},
		deny:   []string{"github.com/redis/go-redis"},
		tests:  []string{"github.com/redis/go-redis"},
	},
	{
		name:   "only bot, slackapi and workspace speak to Slack",
		except: []string{"bot", "integrations/slackapi", "integrations/workspace"},
		deny:   []string{"github.com/slack-go"},
	},
	{
		name:   "bot's features know only the Slack adapter",
		within: "bot",
		except: []string{"bot/cli", "bot/demo", "bot/wiring"},
		deny: []string{"huiban/integrations/docx", "huiban/integrations/htmltext", "huiban/integrations/olddoc", "huiban/integrations/pdf",
			"huiban/integrations/redisstore", "huiban/integrations/textfile", "huiban/integrations/workspace"},
		tests: []string{"huiban/integrations"},
	},
}

// crossing are the imports between integrations that tests need: a client is tried against its server.
var crossing = map[string][]string{"slackapi": {"workspace"}}

func TestImports(t *testing.T) {
	t.Parallel()
	files := 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || name == "deps.go" {
			return nil
		}
		files++
		for _, imported := range importsOf(t, name) {
			for _, why := range violations(filepath.ToSlash(name), imported) {
				t.Errorf("%s imports %s: %s", name, imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Errorf("only %d Go files seen: the test does not run at the root of the module", files)
	}
}

func importsOf(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

func violations(file, imported string) []string {
	var why []string
	dir, test := path.Dir(file), strings.HasSuffix(file, "_test.go")
	for _, r := range rules {
		free := slices.ContainsFunc(r.except, func(e string) bool { return below(dir, e) })
		if !free && below(dir, r.within) && belowAny(imported, r.deny) && !(test && belowAny(imported, r.tests)) {
			why = append(why, r.name)
		}
	}
	own, other := integration(dir), integration(strings.TrimPrefix(imported, "huiban/"))
	if own != "" && other != "" && own != other && other != shared && !(test && slices.Contains(crossing[own], other)) {
		why = append(why, "integrations never import one another")
	}
	return why
}

// shared holds what several integrations need and none of them owns. It imports none of them.
const shared = "internal"

// integration names the technology that a folder belongs to; "" outside the integrations.
func integration(dir string) string {
	rest, ok := strings.CutPrefix(dir, "integrations/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func below(p, root string) bool { return root == "" || p == root || strings.HasPrefix(p, root+"/") }

func belowAny(p string, roots []string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return below(p, r) })
}

// TestDependenciesAreExplained: every module that go.mod requires directly has its line in docs/dependencies.md.
func TestDependenciesAreExplained(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(line)
		if len(fields) != 2 || !strings.HasPrefix(fields[1], "v") || !strings.HasPrefix(line, "\t") {
			continue
		}
		seen++
		name := strings.TrimPrefix(fields[0], "github.com/chromedp/") // the two modules of one project share a line
		if !strings.Contains(string(doc), name) {
			t.Errorf("docs/dependencies.md does not say why %s is needed", fields[0])
		}
	}
	if seen == 0 {
		t.Error("go.mod requires nothing: its form has changed")
	}
}

func TestViolations(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file, imported string
		want                 int
	}{
		{"domain may use its own parts", "tasks/reply.go", "huiban/tasks/letter", 0},
		{"domain knows no Redis", "tasks/reply.go", "github.com/redis/go-redis/v9", 2},
		{"domain knows no configuration, tests neither", "tasks/reply_test.go", "huiban/config", 1},
		{"integrations stay apart", "integrations/docx/read.go", "huiban/integrations/slackapi", 1},
		{"integrations may use what they share", "integrations/docx/table.go", "huiban/integrations/internal/form", 0},
		{"what is shared knows no integration", "integrations/internal/form/form.go", "huiban/integrations/docx", 1},
		{"an integration may use its own parts", "integrations/workspace/page.go", "huiban/integrations/workspace/member", 0},
		{"the client's tests may use the server", "integrations/slackapi/workspace_test.go", "huiban/integrations/workspace", 0},
		{"the client itself may not", "integrations/slackapi/client.go", "huiban/integrations/workspace", 1},
		{"wiring passes the client along unseen", "bot/wiring/redis.go", "github.com/redis/go-redis/v9", 1},
		{"a feature does not", "bot/register.go", "github.com/redis/go-redis/v9", 1},
		{"a feature builds blocks", "bot/card.go", "github.com/slack-go/slack", 0},
		{"main does not", "main.go", "github.com/slack-go/slack", 1},
		{"a prefix is not a folder", "integrations/docxs/a.go", "huiban/integrations/docxs/b", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := violations(tt.file, tt.imported); len(got) != tt.want {
				t.Errorf("violations(%q, %q) = %q, want %d", tt.file, tt.imported, got, tt.want)
			}
		})
	}
}
