package pdf

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"

	"huiban/integrations/internal/program"
	"huiban/tasks"
)

// poppler has pdftotext tell every word with its place.
func poppler(ctx context.Context, path string, b []byte) ([]page, error) {
	out, err := program.Command{
		Path: path, Args: []string{"-bbox", "-nodiag", "-enc", "UTF-8", "-l", strconv.Itoa(MaxPages + 1), "-", "-"},
		Dir: "/", Input: b, Memory: maxMemory, MaxOutput: maxOutput,
	}.Output(ctx)
	if f, ok := errors.AsType[*program.Failure](err); ok && (strings.Contains(f.Stderr, "assword") || f.Code == 3) {
		return nil, refuse("error.file_encrypted", err)
	}
	if errors.Is(err, program.ErrOutput) {
		return nil, tooMuch()
	}
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return parseBoxes(out)
}

func tooMuch() *tasks.Error {
	return tasks.Refuse(tasks.TooLarge, "error.file_bomb", "Max", maxOutput>>20)
}

// parseBoxes reads the output of pdftotext -bbox: a line a page, a line a word.
func parseBoxes(out []byte) ([]page, error) {
	var pages []page
	pieces := 0
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(make([]byte, 0, 64<<10), maxOutput)
	for lines.Scan() {
		s := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(s, "<page "):
			if len(pages) > MaxPages {
				return pages, nil
			}
			pages = append(pages, page{width: number(s, `width="`), height: number(s, `height="`)})
		case strings.HasPrefix(s, "<word ") && len(pages) > 0:
			if pieces++; pieces > maxPieces {
				return nil, tooMuch()
			}
			text, ok := inner(s)
			if !ok {
				continue
			}
			p := &pages[len(pages)-1]
			p.add(piece{number(s, `xMin="`), number(s, `yMin="`), number(s, `xMax="`), number(s, `yMax="`), text})
		}
	}
	return pages, lines.Err()
}

// inner is the text between a line's tags.
func inner(s string) (string, bool) {
	from := strings.IndexByte(s, '>')
	to := strings.LastIndex(s, "</word>")
	if from < 0 || to <= from {
		return "", false
	}
	return html.UnescapeString(s[from+1 : to]), true
}

// number is the attribute whose value begins behind prefix; 0 when there is none.
func number(s, prefix string) float64 {
	_, rest, ok := strings.Cut(s, prefix)
	if !ok {
		return 0
	}
	value, _, _ := strings.Cut(rest, `"`)
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || f != f || f > maxCoordinate || f < -maxCoordinate {
		return 0
	}
	return f
}
