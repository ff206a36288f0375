package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// call is one place in the code that asks for a text.
type call struct {
	at     token.Position
	id     string // the id, or the prefix that the code joins something to
	joined bool
	keys   []string // names of the values given; nil when the code does not tell
}

// ids lists the ids that the call can ask for.
func (c call) ids(suffixes map[string][]string) []string {
	if !c.joined {
		return []string{c.id}
	}
	var ids []string
	for _, s := range suffixes[c.id] {
		ids = append(ids, c.id+s)
	}
	return ids
}

// scan is what the source tree says about texts.
type scan struct {
	calls     []call
	literals  map[string]token.Position // strings that look like ids, other than names of actions
	constants map[string][]string       // type of package tasks or workday → values of its string constants
	planned   []string                  // events that the planner tells people of

	events map[string]string // name of a constant of tasks.Event → its value
	cases  []string          // names in the planner's case clauses
}

var (
	idForm = regexp.MustCompile(`^[a-z_]+(\.[A-Za-z_]+)+$`)
	// routed are the functions whose first argument is an action's name, which may look like an id.
	routed = []string{"button", "menu"}
)

func scanTree(t *testing.T, root string) *scan {
	t.Helper()
	s := &scan{literals: map[string]token.Position{}, constants: map[string][]string{}, events: map[string]string{}}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.file(fset, f, filepath.ToSlash(path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range s.cases {
		if e, ok := s.events[name]; ok && !slices.Contains(s.planned, e) {
			s.planned = append(s.planned, e)
		}
	}
	return s
}

func (s *scan) file(fset *token.FileSet, f *ast.File, path string) {
	actions := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			actions[n.Index] = true
		case *ast.CallExpr:
			s.call(fset, n, actions)
		case *ast.BasicLit:
			if id, ok := text(n); ok && idForm.MatchString(id) && !actions[n] {
				s.literals[id] = fset.Position(n.Pos())
			}
		case *ast.ValueSpec:
			if dir := filepath.Base(filepath.Dir(path)); dir == "tasks" || dir == "workday" {
				s.constant(n)
			}
		case *ast.CaseClause:
			if strings.HasSuffix(path, "tasks/plan.go") {
				for _, e := range n.List {
					if name, ok := e.(*ast.Ident); ok {
						s.cases = append(s.cases, name.Name)
					}
				}
			}
		}
		return true
	})
}

func (s *scan) constant(n *ast.ValueSpec) {
	typ, ok := n.Type.(*ast.Ident)
	if !ok {
		return
	}
	for i, v := range n.Values {
		if value, ok := text(v); ok && value != "" {
			s.constants[typ.Name] = append(s.constants[typ.Name], value)
			if typ.Name == "Event" {
				s.events[n.Names[i].Name] = value
			}
		}
	}
}

// call notes a Say("id", …), a Refuse(code, "id", …), and which strings name actions.
func (s *scan) call(fset *token.FileSet, n *ast.CallExpr, actions map[ast.Expr]bool) {
	name := ""
	switch f := n.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if slices.Contains(routed, name) && len(n.Args) > 0 {
		actions[n.Args[0]] = true
	}
	at := map[string]int{"Say": 0, "say": 0, "Refuse": 1}
	i, ok := at[name]
	if !ok || len(n.Args) <= i {
		return
	}
	c := call{at: fset.Position(n.Pos()), keys: keys(n, i+1)}
	if id, ok := text(n.Args[i]); ok {
		c.id = id
	} else if sum, ok := n.Args[i].(*ast.BinaryExpr); ok {
		if c.id, ok = text(sum.X); !ok {
			return
		}
		c.joined = true
	} else {
		return
	}
	s.calls = append(s.calls, c)
}

// keys lists the names among alternating names and values; nil when they are not all literal.
func keys(n *ast.CallExpr, from int) []string {
	if n.Ellipsis.IsValid() {
		return nil
	}
	list := []string{}
	for i := from; i < len(n.Args); i += 2 {
		name, ok := text(n.Args[i])
		if !ok {
			return nil
		}
		list = append(list, name)
	}
	return list
}

// text is the value of a string literal.
func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	v, err := strconv.Unquote(lit.Value)
	return v, err == nil
}
