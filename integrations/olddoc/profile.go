package olddoc

import (
	"os"
	"path/filepath"
)

// settings keep the office program from running macros and from fetching what a document links to.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
</oor:items>
`

// profile makes the office program's own folder below dir, with the settings.
func profile(dir string) (string, error) {
	p := filepath.Join(dir, "profile")
	if err := os.MkdirAll(filepath.Join(p, "user"), 0o700); err != nil {
		return "", err
	}
	return p, os.WriteFile(filepath.Join(p, "user", "registrymodifications.xcu"), []byte(settings), 0o600)
}
