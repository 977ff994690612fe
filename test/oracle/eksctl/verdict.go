package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/kris-nova/logger"
)

// Finding is one refusal, with the step of eksctl that says it.
type Finding struct {
	Stage string `json:"stage"`
	Msg   string `json:"msg"`
}

// Verdict is what is printed for a file.
type Verdict struct {
	File string `json:"file"`
	// OK is false when eksctl refuses the file before it makes anything.
	OK bool `json:"ok"`
	// First is the stage at which eksctl stops.
	First string `json:"first,omitempty"`
	// Errors are those of every step, where eksctl would stop at the first; a later one may follow from an earlier one.
	Errors []Finding `json:"errors"`
	// Extra are refusals by checks that eksctl has, and that creating a cluster does not ask.
	Extra    []Finding `json:"extra,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`
}

func judge(file string, data []byte) Verdict {
	v := Verdict{File: file, Errors: []Finding{}}
	var log bytes.Buffer
	logger.Writer = &log
	steps(&v, data)
	v.Warnings = warningsIn(log.String())
	v.OK = len(v.Errors) == 0
	if !v.OK {
		v.First = v.Errors[0].Stage
	}
	return v
}

// must runs a step of creating a cluster, and says whether it passed.
func (v *Verdict) must(stage string, step func() error) bool {
	err := guarded(step)
	if err != nil {
		v.Errors = append(v.Errors, Finding{stage, err.Error()})
	}
	return err == nil
}

// also runs a check that creating a cluster leaves out.
func (v *Verdict) also(stage string, check func() error) {
	if err := guarded(check); err != nil {
		v.Extra = append(v.Extra, Finding{stage, err.Error()})
	}
}

// guarded makes an error of a panic: eksctl that crashes has not accepted the file.
func guarded(step func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return step()
}

var stamp = regexp.MustCompile(`^\S+ \[.*?\]\s*`)

func warningsIn(log string) (warnings []string) {
	for _, line := range strings.Split(log, "\n") {
		if line != "" && !strings.Contains(line, "[Info ") {
			warnings = append(warnings, stamp.ReplaceAllString(line, ""))
		}
	}
	return
}
