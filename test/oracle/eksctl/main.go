// Command eksctl-oracle says what eksctl itself says to a ClusterConfig before it makes anything. It calls the published
// packages of eksctl and nothing on the network.
//
//	eksctl-oracle --stdin    reads JSON lines {"file", "yaml"}, answers each with a line of a Verdict
//	eksctl-oracle --schema   prints the JSON schema that eksctl embeds
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
)

func main() {
	stdin := flag.Bool("stdin", false, "judge the JSON lines {file, yaml} of the standard input")
	schema := flag.Bool("schema", false, "print the schema that eksctl embeds")
	flag.Parse()
	var err error
	switch {
	case *schema:
		_, err = fmt.Println(api.SchemaJSON)
	case *stdin:
		err = judgeAll(os.Stdin, os.Stdout)
	default:
		err = errors.New("say --stdin or --schema")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// judgeAll answers each line of in with a line of out, in their order.
func judgeAll(in io.Reader, out io.Writer) error {
	if err := api.Register(); err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for {
		var config struct{ File, Yaml string }
		if err := decoder.Decode(&config); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(judge(config.File, []byte(config.Yaml))); err != nil {
			return err
		}
	}
}
