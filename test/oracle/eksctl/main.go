// Command eksctl-oracle says what eksctl itself says to a ClusterConfig before it makes anything. It calls the published
// packages of eksctl and nothing on the network.
//
//	eksctl-oracle --stdin      reads JSON lines {"file", "yaml"}, answers each with a line of a Verdict
//	eksctl-oracle --templates  reads the same, answers each with a line of Templates: the CloudFormation that eksctl makes of it
//	eksctl-oracle --commands   reads JSON lines {"args", "yaml"}, answers each with a line of a CommandVerdict
//	eksctl-oracle --requests   reads JSON lines {"service", "operation", "options"} of the AWS CLI, answers each with the same
//	eksctl-oracle --schema     prints the JSON schema that eksctl embeds
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
	cloudFormation := flag.Bool("templates", false, "print the CloudFormation templates of the JSON lines {file, yaml}")
	commands := flag.Bool("commands", false, "try the JSON lines {args, yaml} of the standard input")
	requests := flag.Bool("requests", false, "check the JSON lines {service, operation, options} of the standard input")
	schema := flag.Bool("schema", false, "print the schema that eksctl embeds")
	flag.Parse()
	var err error
	switch {
	case *schema:
		_, err = fmt.Println(api.SchemaJSON)
	case *stdin:
		err = answerAll(os.Stdin, os.Stdout, ofFile(judge))
	case *cloudFormation:
		err = answerAll(os.Stdin, os.Stdout, ofFile(templates))
	case *commands:
		if err = withoutAWS(); err == nil {
			err = answerAll(os.Stdin, os.Stdout, tried)
		}
	case *requests:
		err = answerAll(os.Stdin, os.Stdout, checked)
	default:
		err = errors.New("say --stdin, --templates, --commands, --requests or --schema")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// config is a file in a question.
type config struct{ File, Yaml string }

// ofFile is an answer to a file.
func ofFile[Answer any](answer func(file string, data []byte) Answer) func(config) Answer {
	return func(question config) Answer { return answer(question.File, []byte(question.Yaml)) }
}

// answerAll answers each line of in with a line of out, in their order.
func answerAll[Question, Answer any](in io.Reader, out io.Writer, answer func(Question) Answer) error {
	if err := api.Register(); err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for {
		var question Question
		if err := decoder.Decode(&question); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(answer(question)); err != nil {
			return err
		}
	}
}
