// Command kubernetes-oracle says how Kubernetes' own code reads a quantity or a document of YAML. It calls the published
// packages that the API server and kubectl use, and nothing on the network. Each line of the standard input is a string in
// JSON, and is answered with one line:
//
//	kubernetes-oracle quantity    {"ok", "error", "unscaled", "scale", "canonical"}
//	kubernetes-oracle yaml        {"ok", "error", "json"}
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/yaml"
)

func main() {
	if err := answerAll(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// answerAll answers each line of in with a line of out, in their order.
func answerAll(args []string, in io.Reader, out io.Writer) error {
	answers := map[string]func(string) any{"quantity": readQuantity, "yaml": readYAML}
	if len(args) != 1 || answers[args[0]] == nil {
		return errors.New("say quantity or yaml")
	}
	buffered := bufio.NewWriter(out)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for {
		var text string
		if err := decoder.Decode(&text); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(answers[args[0]](text)); err != nil {
			return err
		}
	}
}

// Quantity is what a text is as a quantity: unscaled / 10^scale, and the form that Kubernetes gives to amounts it computes.
type Quantity struct {
	Ok        bool   `json:"ok"`
	Error     string `json:"error,omitempty"`
	Unscaled  string `json:"unscaled,omitempty"`
	Scale     int32  `json:"scale"`
	Canonical string `json:"canonical,omitempty"`
}

func readQuantity(text string) any {
	parsed, err := resource.ParseQuantity(text)
	if err != nil {
		return Quantity{Error: err.Error()}
	}
	exact := parsed.AsDec()
	// made anew, since a quantity may remember the text that it was parsed from
	canonical := resource.NewDecimalQuantity(*exact, parsed.Format).String()
	return Quantity{Ok: true, Unscaled: exact.UnscaledBig().String(), Scale: int32(exact.Scale()), Canonical: canonical}
}

// Document is what kubectl makes of a document before it sends it.
type Document struct {
	Ok    bool            `json:"ok"`
	Error string          `json:"error,omitempty"`
	JSON  json.RawMessage `json:"json,omitempty"`
}

func readYAML(text string) any {
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return Document{Error: err.Error()}
	}
	return Document{Ok: true, JSON: converted}
}
