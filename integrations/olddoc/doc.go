// Package olddoc reads Word files of the kind before 2007 (.doc, and .wps of WPS, which is the same). The office program,
// where it is installed, turns them, and what goes by the same name (RTF, the XML of Word 2003), into .docx; Native does
// so without any program for Word 97 to 2003; antiword or catdoc give the text of older ones, without automatic numbers.
//
// Invariants: a program gets bounded time, memory and output, a folder of its own and no environment of this process,
// and no shell stands between; Native takes nothing that the file does not hold, and no more memory than the bounds
// allow, whatever the file says; what cannot be read is a refusal that says what to do.
package olddoc
