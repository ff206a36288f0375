package docx

import (
	"bytes"
	"os"
	"testing"
)

func TestTmp(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/dx/sample.docx", b.Bytes(), 0o644)
}
