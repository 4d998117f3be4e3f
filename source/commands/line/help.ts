const overview = `pxpair pairs two Kubernetes clusters that run Portworx.

  pxpair [--practice]        pair two clusters, question by question
  pxpair check FILE          all that would make it fail; changes nothing
  pxpair plan FILE           what a run would do; changes nothing
  pxpair run FILE            pair as an answers file says; --resume goes on
  pxpair status [NAME]       try whether a pair still works
  pxpair runs                what was run from here
  pxpair undo [RUN]          take back what a run made
  pxpair practice            serve two pretend clusters until Ctrl-C
  pxpair completion SHELL    a script for bash, zsh or fish
  pxpair help COMMAND        more about a command

  --practice[=SCENARIO]  use two pretend clusters inside this program
  --kubeconfig FILE      instead of KUBECONFIG or ~/.kube/config
  --source CONTEXT, --destination CONTEXT   instead of the file's
  --answers FILE         begin with these; only what is missing is asked
  as pxpair help run has them: --both-ways, --service-account, --server,
    --existing-credential, --existing-pair, --ignore, --timeout, --storkctl
  --accessible  lines for a screen reader   --ascii  --no-color
  -h, --help   -V, --version

Try it without any cluster:  pxpair --practice
`;

const topics: Readonly<Record<string, string>> = {
	run: `pxpair run FILE [options]       FILE: answers in YAML, - for standard input

Pairs two clusters as the answers file says. What holds already is left
as it is, so it can be run again at any time.

  --resume [RUN]                  instead of FILE: go on with a run
  --step  --json                  ask before each step; one JSON object a line
  --service-account               the pair carries a ServiceAccount's login
  --both-ways                     pair destination → source as well
  --server URL                    where the source reaches the destination's API
  --ignore ID,ID                  warn of these problems only
  --practice[=SCENARIO]           on the practice clusters
  --existing-credential stop|keep|replace
  --existing-pair stop|keep|replace
                                  for namesakes that are not as planned
  --timeout SECONDS               how long to wait for Ready (600)
  --storkctl PATH|none            instead of the one in PATH; none: built in
  --kubeconfig FILE  --source CONTEXT  --destination CONTEXT

Exit: 0 done, 1 failed and nothing changed, 2 bad input,
      3 failed after changes were made, 130 stopped

  pxpair run examples/practice-s3.yaml --practice
`,
	check: `pxpair check FILE [options]     FILE: answers in YAML, - for standard input
pxpair check --source CONTEXT --destination CONTEXT
pxpair check --against FILE|RUN

Looks for all that would make the pairing fail, on both clusters at once:
rights, ways, logins, the store's answer, namesakes. Changes nothing.

  --against FILE|RUN              instead: compare what exists with what an
                                  answers file or a run asked for
  --json                          findings with stable ids (docs/checks.md)
  --ignore ID,ID                  warn of these problems only
  --practice[=SCENARIO]           on the practice clusters
  --service-account  --both-ways  --server URL
  --existing-credential, --existing-pair stop|keep|replace
  --kubeconfig FILE  --storkctl PATH|none
  --timeout SECONDS               as run takes it; of no use here

Exit: 0 no errors, 1 errors, 2 bad input, 4 drift, 130 stopped

  pxpair check --practice=login-plugin
`,
	runs: `pxpair runs [--json]

What was run from this machine, the newest first, how it ended, and how much of
it still stands. The records lie in ~/.local/state/pxpair/runs, or where
XDG_STATE_HOME says.

  --json                          the same as JSON

Exit: 0 listed, 2 the records can't be read

  pxpair runs --json
`,
	undo: `pxpair undo [RUN] [options]     RUN: what its name begins with; else the latest

Takes back exactly what a run made, the last thing first, shown before it is
done. What the run found, and what others made since, stays.

  --plan                          what would be deleted and kept, and why;
                                  changes nothing
  -y, --yes                       do not ask
  --force                         though a cluster does not answer: do the rest
  --json                          one JSON object a line
  --kubeconfig FILE

Exit: 0 taken back, 1 failed, 2 bad input, 3 something still stands,
      130 stopped, or not agreed to

  pxpair undo --yes
`,
	plan: `pxpair plan FILE [options]      FILE: answers in YAML, - for standard input

Shows each step with its cluster and its exact command or manifest. Looks at
both clusters and changes nothing; secrets are not even read.

  -o, --output text|markdown|json markdown: a runbook to follow by hand
  --json                          as -o json
  --practice[=SCENARIO]  --kubeconfig FILE  --storkctl PATH|none
  --source CONTEXT  --destination CONTEXT
  --service-account  --both-ways  --server URL  --ignore ID,ID
  --existing-credential, --existing-pair stop|keep|replace
  --timeout SECONDS               as run takes it; of no use here

Exit: 0 there is a plan, whatever the checks found, 1 failed, 2 bad input,
      130 stopped

  pxpair plan examples/practice-s3.yaml --practice -o markdown
`,
	status: `pxpair status [NAME] [options]  NAME: of the ClusterPair; else the latest run's

Stork never checks a Ready pair again. This tests all that a pair depends on:
its spec, both network paths, logins, tokens, credentials. It is read-only.

  -n, --namespace NAMESPACE       of the pair
  --run ID                        what was asked for, from the record of a run
  --answers FILE                  or from an answers file
  --source CONTEXT  --destination CONTEXT
                                  without NAME: every ClusterPair on both
  --both-ways                     the pair back as well
  --watch                         check again every 30 s, until Ctrl-C
  --expiry 14d                    exit 4 if a login expires sooner; 12h: hours
  --prometheus FILE               metrics for node_exporter (docs/metrics.md)
  --kubeconfig FILE  --storkctl PATH|none
  --json                          the same as JSON

Exit: 0 works, 1 does not, 2 bad input, 4 works, but differs from what was
      asked for or expires soon, 130 stopped

  pxpair status remotecluster -n migrationnamespace
`,
	completion: `pxpair completion bash|zsh|fish

Prints a script with which the shell completes commands, flags, contexts of the
kubeconfig, scenarios and runs. The script says where it belongs.

  eval "$(pxpair completion bash)"
`,
	practice: `pxpair practice [options]

Serves two pretend clusters, east and west, until Ctrl-C. They speak the real
Kubernetes protocol: point kubectl at them.

  --scenario NAME                 what they contain; so does --practice=NAME
  --list                          all there are, healthy ones and drills
  --kubeconfig FILE               where to write their kubeconfig

  pxpair practice --scenario azure --kubeconfig practice.yaml
`,
};

export function helpText(topic: string | undefined): string {
	return (topic && Object.hasOwn(topics, topic) && topics[topic]) || overview;
}
