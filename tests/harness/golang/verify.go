// An independent verifier: reads a .tlog-proof, the log entry it is about and the log's key, and checks signature and
// inclusion with the code that the Go project uses for its own checksum database (golang.org/x/mod/sumdb).
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func hash(text string) (found tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err)
	copy(found[:], bytes)
	return found
}

func main() {
	proof, err := os.ReadFile(os.Args[1])
	must(err)
	entry, err := os.ReadFile(os.Args[2])
	must(err)
	verifier, err := note.NewVerifier(os.Args[3])
	must(err)
	parts := strings.SplitN(string(proof), "\n\n", 2)
	signed, err := note.Open([]byte(parts[1]), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	var path tlog.RecordProof
	var index int64
	for _, line := range strings.Split(parts[0], "\n")[1:] {
		switch {
		case strings.HasPrefix(line, "extra "):
		case strings.HasPrefix(line, "index "):
			index, err = strconv.ParseInt(strings.TrimPrefix(line, "index "), 10, 64)
			must(err)
		default:
			path = append(path, hash(line))
		}
	}
	must(tlog.CheckRecord(path, size, hash(lines[2]), index, tlog.RecordHash(entry)))
	fmt.Printf("accepted: %s, entry %d of %d\n", lines[0], index, size)
}
