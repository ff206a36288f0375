// Package olddoc reads Word files of the kind before 2007 (.doc, and .wps of WPS, which is the same) with programs that
// are installed: the office program turns them, and what goes by the same name (RTF, the XML of Word 2003), into .docx,
// with their automatic numbers; antiword or catdoc give the text of .doc without.
//
// Invariants: a program gets bounded time, memory and output, a folder of its own and no environment of this process,
// and no shell stands between; no program, or one that fails, is a refusal that says what to do.
package olddoc
