package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// Request is a question: a command of the AWS CLI, with its options that are no flags of every command.
type Request struct {
	Service   string
	Operation string
	// Options by name, as JSON.
	Options map[string]json.RawMessage
}

// clients are those of the AWS SDK: the CLI is made from the same models.
var clients = map[string]reflect.Type{
	"eks":  reflect.TypeOf((*eks.Client)(nil)),
	"iam":  reflect.TypeOf((*iam.Client)(nil)),
	"logs": reflect.TypeOf((*cloudwatchlogs.Client)(nil)),
}

// checked says whether an operation exists and takes the options.
func checked(request Request) CommandVerdict {
	client, found := clients[request.Service]
	if !found {
		return CommandVerdict{Msg: "no service " + request.Service}
	}
	operation, found := fieldNamed(client.NumMethod(), func(i int) string { return client.Method(i).Name }, request.Operation)
	if !found {
		return CommandVerdict{Msg: "no operation " + request.Operation}
	}
	// of the method on a client: the client, a context, the input, options
	input := reflect.New(client.Method(operation).Type.In(2).Elem())
	for option, value := range request.Options {
		kind := input.Elem().Type()
		i, found := fieldNamed(kind.NumField(), func(i int) string { return kind.Field(i).Name }, option)
		if !found {
			return CommandVerdict{Msg: fmt.Sprintf("no option --%s of %s", option, request.Operation)}
		}
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(input.Elem().Field(i).Addr().Interface()); err != nil {
			return CommandVerdict{Msg: fmt.Sprintf("--%s: %v", option, err)}
		}
	}
	return CommandVerdict{OK: true}
}

// fieldNamed finds "UpdateClusterConfig" by "update-cluster-config".
func fieldNamed(count int, name func(int) string, words string) (int, bool) {
	wanted := strings.ReplaceAll(words, "-", "")
	for i := range count {
		if strings.EqualFold(name(i), wanted) {
			return i, true
		}
	}
	return 0, false
}
