package split
import ("testing";"os";"fmt";"path/filepath";"strings")
func TestDump(t *testing.T){
 pat:=os.Getenv("DUMP"); fs,_:=filepath.Glob(pat)
 for _,f:=range fs{ b,_:=os.ReadFile(f); s:=string(b)
 if strings.HasPrefix(s,"# source"){ _,s,_=strings.Cut(s,"\n")}
 r:=Parse(s); fmt.Println("=====",f); h:=r.Head
 fmt.Printf("no=%q sess=%q kind=%q title=%q prop=%q others=%q wished=%q date=%q contacts=%d warn=%v alt=%v\n",h.Number,h.Session,h.Kind,h.Title,h.Proposers,h.Others,h.Wished,h.Date,len(h.Contacts),r.Warnings,r.Alternative!=nil)
 for _,x:=range h.Spans{fmt.Printf("  H %q\n",cut(r.Source[x.Start:x.End],300))}
 for _,x:=range h.Contacts{fmt.Printf("  C %q\n",r.Source[x.Start:x.End])}
 for _,x:=range r.Background{fmt.Printf("  B %q\n",cut(r.Source[x.Start:x.End],60))}
 for _,x:=range r.Sections{fmt.Printf("  S%d %s %.2f derived=%v [%s] %q\n",x.No,x.Reason,x.Confidence,x.Derived,x.Heading,cut(x.Text,80))}
 }}
