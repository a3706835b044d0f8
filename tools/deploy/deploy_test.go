// Package deploy checks the files of deploy/ by the code of the programs that read them:
// the types of Kubernetes' API, and BuildKit's parser of container files.
package deploy

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// kinds are the types of the API, by apiVersion and kind.
var kinds = map[string]func() any{
	"v1 Namespace":                       func() any { return &corev1.Namespace{} },
	"v1 ServiceAccount":                  func() any { return &corev1.ServiceAccount{} },
	"v1 ConfigMap":                       func() any { return &corev1.ConfigMap{} },
	"v1 Service":                         func() any { return &corev1.Service{} },
	"apps/v1 Deployment":                 func() any { return &appsv1.Deployment{} },
	"policy/v1 PodDisruptionBudget":      func() any { return &policyv1.PodDisruptionBudget{} },
	"networking.k8s.io/v1 NetworkPolicy": func() any { return &networkingv1.NetworkPolicy{} },
}

// manifests returns the documents of the manifest, decoded without unknown or repeated
// members.
func manifests(t *testing.T) (all []any) {
	t.Helper()
	text, err := os.ReadFile("../../deploy/kubernetes/selasar.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var head struct{ APIVersion, Kind string }
		if err := yaml.Unmarshal(document, &head); err != nil {
			t.Fatal(err)
		}
		newKind := kinds[head.APIVersion+" "+head.Kind]
		if newKind == nil {
			t.Fatalf("no type for %s %s", head.APIVersion, head.Kind)
		}
		value := newKind()
		if err := yaml.UnmarshalStrict(document, value); err != nil {
			t.Errorf("%s: %v", head.Kind, err)
		}
		all = append(all, value)
	}
	return all
}

func TestManifests_decode_strictly_and_fit_together(t *testing.T) {
	ports, accounts, services := map[string]bool{}, map[string]bool{}, 0
	var pod corev1.PodSpec
	var labels map[string]string
	all := manifests(t)
	for _, one := range all {
		switch one := one.(type) {
		case *appsv1.Deployment:
			pod, labels = one.Spec.Template.Spec, one.Spec.Template.Labels
			for _, port := range pod.Containers[0].Ports {
				ports[port.Name] = true
			}
		case *corev1.ServiceAccount:
			accounts[one.Name] = true
		}
	}
	for _, one := range all {
		selector := map[string]string{}
		switch one := one.(type) {
		case *corev1.Service:
			services++
			selector = one.Spec.Selector
			for _, port := range one.Spec.Ports {
				if !ports[port.TargetPort.StrVal] {
					t.Errorf("Service %s: the pod has no port %q", one.Name, port.TargetPort.StrVal)
				}
			}
		case *policyv1.PodDisruptionBudget:
			selector = one.Spec.Selector.MatchLabels
		case *networkingv1.NetworkPolicy:
			selector = one.Spec.PodSelector.MatchLabels
		case *appsv1.Deployment:
			selector = one.Spec.Selector.MatchLabels
		}
		for name, value := range selector {
			if labels[name] != value {
				t.Errorf("%T selects %s=%s, which the pod has not", one, name, value)
			}
		}
	}
	if services != 2 || !accounts[pod.ServiceAccountName] {
		t.Errorf("%d services; the account %q", services, pod.ServiceAccountName)
	}
}

func TestPod_has_no_rights_and_no_secret_in_clear(t *testing.T) {
	for _, one := range manifests(t) {
		d, ok := one.(*appsv1.Deployment)
		if !ok {
			continue
		}
		c := d.Spec.Template.Spec.Containers[0]
		s := c.SecurityContext
		if !*s.ReadOnlyRootFilesystem || *s.AllowPrivilegeEscalation || !*d.Spec.Template.Spec.SecurityContext.RunAsNonRoot || s.Capabilities.Drop[0] != "ALL" {
			t.Errorf("the container's rights: %+v", s)
		}
		if c.ReadinessProbe.HTTPGet.Path != "/readyz" || c.StartupProbe.HTTPGet.Path != "/healthz" {
			t.Errorf("the probes: %+v, %+v", c.ReadinessProbe, c.StartupProbe)
		}
		for _, variable := range c.Env {
			if variable.Value != "" || variable.ValueFrom.SecretKeyRef == nil {
				t.Errorf("%s is not from a secret", variable.Name)
			}
		}
	}
}

func TestOperator_port_accepts_named_callers_only(t *testing.T) {
	for _, one := range manifests(t) {
		p, ok := one.(*networkingv1.NetworkPolicy)
		if !ok {
			continue
		}
		for _, rule := range p.Spec.Ingress {
			for _, port := range rule.Ports {
				if port.Port == nil || port.Port.StrVal == "operator" && len(rule.From) == 0 {
					t.Errorf("every pod may call %v", port.Port)
				}
			}
		}
	}
}

func TestContainerfile_parses_without_warnings(t *testing.T) {
	text, err := os.ReadFile("../../deploy/Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	warn := func(rule, _, _, message string, _ []parser.Range) { t.Errorf("%s: %s", rule, message) }
	stages, _, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{Warn: warn}))
	if err != nil {
		t.Fatal(err)
	}
	user := ""
	for _, command := range stages[len(stages)-1].Commands {
		if set, ok := command.(*instructions.UserCommand); ok {
			user = set.User
		}
	}
	if len(stages) != 2 || user == "" || strings.HasPrefix(user, "0") || strings.HasPrefix(user, "root") {
		t.Errorf("%d stages; the user is %q", len(stages), user)
	}
}
