// Huiban 会办 coordinates how several government departments answer one proposal. See README.md.
package main

import (
	"os"

	"huiban/bot/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
