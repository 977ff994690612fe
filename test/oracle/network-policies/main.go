// Command network-policies-oracle says which connections between pods, and to and from other addresses, NetworkPolicies let
// pass. The matcher of the published module cyclonus decides; the label selectors are those of apimachinery. It calls nothing on
// the network. Each line of the standard input is a question in JSON, and is answered with one line:
//
//	network-policies-oracle connections    {"namespaces", "pods", "policies", "connections"} -> {"error", "allowed": [true, ...]}
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

func main() {
	if err := answerAll(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Question is a cluster, and connections in it.
type Question struct {
	// Labels by namespace, the one that Kubernetes adds included.
	Namespaces  map[string]map[string]string `json:"namespaces"`
	Pods        []Pod                        `json:"pods"`
	Policies    []networkingv1.NetworkPolicy `json:"policies"`
	Connections []Connection                 `json:"connections"`
}

// Pod is a pod that runs.
type Pod struct {
	Namespace   string                 `json:"namespace"`
	Labels      map[string]string      `json:"labels"`
	IP          string                 `json:"ip"`
	HostNetwork bool                   `json:"hostNetwork"`
	Ports       []corev1.ContainerPort `json:"ports"`
}

// End is a pod, by its place in the list, or an address outside of the cluster.
type End struct {
	Pod     *int   `json:"pod"`
	Address string `json:"address"`
}

// Connection goes to a port of an end.
type Connection struct {
	From     End             `json:"from"`
	To       End             `json:"to"`
	Port     int             `json:"port"`
	Protocol corev1.Protocol `json:"protocol"`
}

// Answer has a verdict for each connection.
type Answer struct {
	Error   string `json:"error,omitempty"`
	Allowed []bool `json:"allowed,omitempty"`
}

// answerAll answers each line of in with a line of out, in their order.
func answerAll(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 || args[0] != "connections" {
		return errors.New("say connections")
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
		if err := encoder.Encode(answer(line)); err != nil {
			return err
		}
	}
}

// answer reports what the matcher panics about as an error.
func answer(line json.RawMessage) (result Answer) {
	defer func() {
		if problem := recover(); problem != nil {
			result = Answer{Error: fmt.Sprint(problem)}
		}
	}()
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return Answer{Error: err.Error()}
	}
	var policies []*networkingv1.NetworkPolicy
	for i := range question.Policies {
		policy := &question.Policies[i]
		setDefaults(policy)
		if err := question.resolveSelectors(policy); err != nil {
			return Answer{Error: err.Error()}
		}
		policies = append(policies, policy)
	}
	engine := matcher.BuildNetworkPolicies(false, policies)
	allowed := []bool{}
	for _, connection := range question.Connections {
		allowed = append(allowed, question.isAllowed(engine, connection))
	}
	return Answer{Allowed: allowed}
}

// setDefaults does what the API server does: ports are of TCP, and a policy is for egress if it has such rules.
func setDefaults(policy *networkingv1.NetworkPolicy) {
	spec := &policy.Spec
	if len(spec.PolicyTypes) == 0 {
		spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
		if len(spec.Egress) > 0 {
			spec.PolicyTypes = append(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
		}
	}
}

// isAllowed asks once for each name that the port has: a port may have none, or several.
func (q *Question) isAllowed(engine *matcher.Policy, c Connection) bool {
	names := []string{""}
	if c.To.Pod != nil {
		for _, port := range q.Pods[*c.To.Pod].Ports {
			if int(port.ContainerPort) == c.Port && protocolOf(port) == c.Protocol {
				names = append(names, port.Name)
			}
		}
	}
	return q.isDirectionAllowed(engine, c, names, true) && q.isDirectionAllowed(engine, c, names, false)
}

func (q *Question) isDirectionAllowed(engine *matcher.Policy, c Connection, names []string, ingress bool) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		traffic := &matcher.Traffic{
			Source:           q.peer(c.From),
			Destination:      q.peer(c.To),
			ResolvedPort:     c.Port,
			ResolvedPortName: name,
			Protocol:         c.Protocol,
		}
		return engine.IsIngressOrEgressAllowed(traffic, ingress).IsAllowed()
	})
}

func protocolOf(port corev1.ContainerPort) corev1.Protocol {
	if port.Protocol == "" {
		return corev1.ProtocolTCP
	}
	return port.Protocol
}

// peer is an end as the matcher knows it: a pod on the network of its node is an address like any other.
func (q *Question) peer(end End) *matcher.TrafficPeer {
	if end.Pod == nil {
		return &matcher.TrafficPeer{IP: end.Address}
	}
	pod := q.Pods[*end.Pod]
	if pod.HostNetwork {
		return &matcher.TrafficPeer{IP: pod.IP}
	}
	return &matcher.TrafficPeer{IP: pod.IP, Internal: &matcher.InternalPeer{
		PodLabels:       map[string]string{identity: strconv.Itoa(*end.Pod)},
		NamespaceLabels: map[string]string{identity: pod.Namespace},
		Namespace:       pod.Namespace,
	}}
}

// identity is the only label that the matcher sees, see resolveSelectors.
const identity = "identity"

// resolveSelectors replaces each selector with a list of what it selects, as apimachinery says: the matcher reads two kinds of
// selectors otherwise than Kubernetes (NotIn for a label that is not there, and a label with an empty value).
func (q *Question) resolveSelectors(policy *networkingv1.NetworkPolicy) error {
	pods := map[string]map[string]string{}
	for i, pod := range q.Pods {
		pods[strconv.Itoa(i)] = pod.Labels
	}
	var failure error
	resolve := func(selector *metav1.LabelSelector, among map[string]map[string]string) {
		if err := resolveSelector(selector, among); err != nil {
			failure = err
		}
	}
	resolvePeers := func(peers []networkingv1.NetworkPolicyPeer) {
		for _, peer := range peers {
			resolve(peer.PodSelector, pods)
			resolve(peer.NamespaceSelector, q.Namespaces)
		}
	}
	resolve(&policy.Spec.PodSelector, pods)
	for _, rule := range policy.Spec.Ingress {
		resolvePeers(rule.From)
	}
	for _, rule := range policy.Spec.Egress {
		resolvePeers(rule.To)
	}
	return failure
}

// resolveSelector leaves a selector that is absent or empty as it is.
func resolveSelector(selector *metav1.LabelSelector, among map[string]map[string]string) error {
	if selector == nil || len(selector.MatchLabels)+len(selector.MatchExpressions) == 0 {
		return nil
	}
	read, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		return err
	}
	var selected []string
	for _, id := range slices.Sorted(maps.Keys(among)) {
		if read.Matches(labels.Set(among[id])) {
			selected = append(selected, id)
		}
	}
	*selector = metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{
		{Key: identity, Operator: metav1.LabelSelectorOpIn, Values: selected},
	}}
	return nil
}
