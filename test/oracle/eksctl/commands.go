package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kris-nova/logger"
	"github.com/spf13/cobra"
	"github.com/weaveworks/eksctl/pkg/ctl/associate"
	"github.com/weaveworks/eksctl/pkg/ctl/cmdutils"
	"github.com/weaveworks/eksctl/pkg/ctl/create"
	"github.com/weaveworks/eksctl/pkg/ctl/delete"
	"github.com/weaveworks/eksctl/pkg/ctl/disassociate"
	"github.com/weaveworks/eksctl/pkg/ctl/drain"
	"github.com/weaveworks/eksctl/pkg/ctl/enable"
	"github.com/weaveworks/eksctl/pkg/ctl/get"
	"github.com/weaveworks/eksctl/pkg/ctl/scale"
	"github.com/weaveworks/eksctl/pkg/ctl/set"
	"github.com/weaveworks/eksctl/pkg/ctl/unset"
	"github.com/weaveworks/eksctl/pkg/ctl/update"
	"github.com/weaveworks/eksctl/pkg/ctl/upgrade"
	"github.com/weaveworks/eksctl/pkg/ctl/utils"
)

// CommandLine is a question: the arguments after "eksctl", and the ClusterConfig that "-f cluster.yaml" reads.
type CommandLine struct {
	Args []string
	Yaml string
}

// CommandVerdict is the answer: how far the command came.
type CommandVerdict struct {
	// OK says that flags and file were accepted, and that only AWS was missing.
	OK  bool   `json:"ok"`
	Msg string `json:"msg"`
}

// noAccount is what every command of eksctl says first to AWS, and gets no credentials for.
const noAccount = "checking AWS STS access"

// withoutAWS takes away everything by which a command could reach an account.
func withoutAWS() error {
	for _, name := range os.Environ() {
		if name, _, _ = strings.Cut(name, "="); strings.HasPrefix(name, "AWS_") {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	for name, value := range map[string]string{
		"AWS_EC2_METADATA_DISABLED":   "true",
		"AWS_CONFIG_FILE":             os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_ENDPOINT_URL":            "http://127.0.0.1:9",
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	folder, err := os.MkdirTemp("", "eksctl-commands")
	if err != nil {
		return err
	}
	return os.Chdir(folder)
}

// tried runs the command of a line up to its first question to AWS.
func tried(line CommandLine) CommandVerdict {
	var log bytes.Buffer
	logger.Writer = &log
	if err := os.WriteFile(filepath.Join(".", "cluster.yaml"), []byte(line.Yaml), 0o600); err != nil {
		return CommandVerdict{Msg: err.Error()}
	}
	root := rootCommand()
	root.SetArgs(line.Args)
	err := guarded(root.Execute)
	if err == nil {
		return CommandVerdict{Msg: "nothing was asked of AWS"}
	}
	return CommandVerdict{OK: strings.Contains(err.Error(), noAccount), Msg: err.Error()}
}

// rootCommand is the one of eksctl, without the commands that change no cluster.
func rootCommand() *cobra.Command {
	root := &cobra.Command{Use: "eksctl", SilenceUsage: true, SilenceErrors: true}
	groups := cmdutils.NewGrouping()
	for _, command := range []func(*cmdutils.FlagGrouping) *cobra.Command{
		associate.Command, create.Command, delete.Command, disassociate.Command, drain.Command, enable.Command, get.Command,
		scale.Command, set.Command, unset.Command, update.Command, upgrade.Command, utils.Command,
	} {
		root.AddCommand(command(groups))
	}
	for _, verb := range root.Commands() {
		if verb.RunE == nil {
			verb.RunE = func(c *cobra.Command, args []string) error {
				return fmt.Errorf("unknown resource of %q: %q", c.Name(), args)
			}
		}
	}
	return root
}
