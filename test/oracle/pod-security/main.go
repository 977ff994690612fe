// Command pod-security-oracle says what the Pod Security admission of the API server decides about pods. It calls the
// evaluator of the published module, and nothing on the network. Each line of the standard input is a question in JSON,
// and is answered with one line:
//
//	pod-security-oracle pods    {"level", "version", "pod"} -> {"error", "allowed", "failing": ["hostPorts", ...]}
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	if err := answerAll(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Question is a pod, and the level and version ("v1.35", "latest") that its namespace enforces.
type Question struct {
	Level   string     `json:"level"`
	Version string     `json:"version"`
	Pod     corev1.Pod `json:"pod"`
}

// Answer is the verdict, and the ids of the checks behind it.
type Answer struct {
	Error   string   `json:"error,omitempty"`
	Allowed bool     `json:"allowed"`
	Failing []string `json:"failing,omitempty"`
}

// answerAll answers each line of in with a line of out, in their order.
func answerAll(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 || args[0] != "pods" {
		return errors.New("say pods")
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(buffered)
	for {
		var line json.RawMessage
		if err := decoder.Decode(&line); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(answer(evaluator, line)); err != nil {
			return err
		}
	}
}

func answer(evaluator policy.Evaluator, line json.RawMessage) Answer {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return Answer{Error: err.Error()}
	}
	level, err := api.ParseLevel(question.Level)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	version, err := api.ParseVersion(question.Version)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	pod := &question.Pod
	setDefaults(pod)
	results := evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &pod.ObjectMeta, &pod.Spec)
	ids := checksOf(level, version)
	if len(ids) != len(results) {
		return Answer{Error: fmt.Sprintf("%d results of %d checks", len(results), len(ids))}
	}
	var failing []string
	for i, result := range results {
		if !result.Allowed {
			failing = append(failing, string(ids[i]))
		}
	}
	return Answer{Allowed: policy.AggregateCheckResults(results).Allowed, Failing: failing}
}

// setDefaults does what the API server does before admission: a volume without a source is an emptyDir.
func setDefaults(pod *corev1.Pod) {
	for i := range pod.Spec.Volumes {
		volume := &pod.Spec.Volumes[i]
		if reflect.DeepEqual(volume.VolumeSource, corev1.VolumeSource{}) {
			volume.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}

// checksOf lists the checks behind the results of an evaluation, which have no ids, in their order.
func checksOf(level api.Level, version api.Version) []policy.CheckID {
	var baseline, restricted []policy.CheckID
	overridden := map[policy.CheckID]bool{}
	for _, check := range policy.DefaultChecks() {
		revision := revisionOf(check, version)
		if revision == nil {
			continue
		}
		if check.Level == api.LevelBaseline {
			baseline = append(baseline, check.ID)
		} else if level == api.LevelRestricted {
			restricted = append(restricted, check.ID)
			for _, id := range revision.OverrideCheckIDs {
				overridden[id] = true
			}
		}
	}
	slices.Sort(baseline)
	slices.Sort(restricted)
	kept := slices.DeleteFunc(baseline, func(id policy.CheckID) bool { return overridden[id] })
	return append(kept, restricted...)
}

// revisionOf is the revision of a check in a version, nil where it has none yet.
func revisionOf(check policy.Check, version api.Version) *policy.VersionedCheck {
	var found *policy.VersionedCheck
	for i := range check.Versions {
		if !version.Older(check.Versions[i].MinimumVersion) {
			found = &check.Versions[i]
		}
	}
	return found
}
