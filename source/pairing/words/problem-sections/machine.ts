import type { Sections } from './section.ts';

/** Files, flags and records on the machine that pxpair runs on. */
export const machine = {
	'kubeconfig-missing': {
		means: 'No kubeconfig found.',
		found: 'Neither `KUBECONFIG`, `~/.kube/config` nor the flag names a file that exists.',
		helps: 'Name one with `--kubeconfig`.',
	},
	'kubeconfig-unreadable': {
		means: "A kubeconfig exists but can't be read.",
		found: 'The operating system refused.',
		helps: 'Correct the permissions of the file.',
	},
	'kubeconfig-invalid': {
		means: 'A kubeconfig is not valid.',
		found: 'It was parsed; the evidence names the place.',
		helps: 'Correct it; `kubectl config view` reads the same file.',
	},
	'kubeconfig-unusable': {
		means: "What the kubeconfig says of the context can't be used.",
		found: 'Its CA, certificate, key, token or proxy were loaded.',
		helps: 'Correct the CA, certificate, key or token file in the kubeconfig.',
	},
	'kubeconfig-file-unreadable': {
		means: "A file that the kubeconfig points to can't be read.",
		found: 'It was read to put its content into the pair.',
		helps:
			'Correct the path or the permissions, or embed the data with `kubectl config view --flatten --raw`.',
	},
	'context-unknown': {
		means: 'The kubeconfig has no context of that name.',
		found: 'The contexts were listed.',
		helps: 'Use one of the names that `kubectl config get-contexts` prints.',
	},
	'context-incomplete': {
		means: 'The context names a cluster or a user that the kubeconfig does not contain.',
		found: 'The kubeconfig was read.',
		helps: 'Add the missing entry, or merge the file that has it into `KUBECONFIG`.',
	},
	'answers-file-missing': {
		means: 'The answers file does not exist.',
		found: 'It was opened.',
		helps: 'Check the path.',
	},
	'answers-file-unreadable': {
		means: "The answers file can't be read.",
		found: 'The operating system refused.',
		helps: 'Correct the permissions, or give the path of a file.',
	},
	'answers-file-invalid': {
		means: 'The answers file has values or fields that are not allowed.',
		found: 'It was checked; the evidence lists each place.',
		helps: 'Correct the places listed. docs/answers.schema.json gives completion in an editor.',
	},
	'secret-missing': {
		means: 'No value was found for a secret.',
		found: 'The source that the answers name is empty or unset.',
		helps: 'Set the variable or write the file that is named.',
	},
	'secret-command-not-started': {
		means: "The program that prints a secret is missing, or can't be started.",
		found: 'It was looked for in PATH, or at the path that the answers file gives; no shell is involved.',
		helps: 'Install the program, correct its name, or make it executable.',
	},
	'secret-command-failed': {
		means: 'The program that prints a secret failed, or printed nothing or too much.',
		found:
			'Its exit status and its output. What it wrote on standard error is shown without what looks like a key.',
		helps: 'Run the same command in a shell and fix what it reports: often a sign-in has expired.',
	},
	'secret-command-timeout': {
		means: 'The program that prints a secret did not finish in time.',
		found: 'It was stopped after 60 seconds.',
		helps: 'Sign in to the password manager first, so that the program prints the secret without a question.',
	},
	'key-file-exposed': {
		means: 'A file that holds a key of the object store can be read by other users of this machine.',
		found: 'The owner and the permissions of the file were read.',
		helps: 'Restrict it to yourself with `chmod 600 FILE`. If others could have read it, replace the key.',
	},
	'json-key-invalid': {
		means: 'The Google key file is not a JSON key of a service account.',
		found: 'The file was parsed.',
		helps: 'Download a JSON key of the service account.',
	},
	'file-not-written': {
		means: 'A file could not be written.',
		found: 'The operating system refused.',
		helps: 'Check path, permissions and free space.',
	},
	'metrics-file-not-written': {
		means: 'The file for metrics could not be written.',
		found: 'The operating system refused.',
		helps: 'Check path, permissions and free space. The status itself was read.',
	},
	'record-not-written': {
		means: 'The record of the run could not be written, so the run did not change anything further.',
		found: 'The operating system refused.',
		helps: 'Free space or correct the permissions of the folder that holds the records.',
	},
	'record-unreadable': {
		means: "The record of a run can't be read.",
		found: 'It was parsed.',
		helps:
			'Choose another run with `pxpair runs`, or delete the objects by hand: `pxpair plan FILE` names them.',
	},
	'run-in-progress': {
		means: 'Another pxpair is running or undoing the same run, or works on the same pair.',
		found: 'A lock file beside the records names its process, which is alive.',
		helps: 'Wait until it has finished, or stop it with Ctrl-C where it runs.',
	},
	'run-unknown': {
		means: 'There is no run of that name, or several begin with it.',
		found: 'The records were listed.',
		helps: 'Take a name from `pxpair runs`.',
	},
	'run-was-practice': {
		means: 'The run was made on practice clusters, which no longer exist.',
		found: 'The record says so.',
		helps: 'Choose a run on real clusters.',
	},
	'other-cluster': {
		means: 'The context now points to another cluster than the run used.',
		found: 'The identity of the cluster differs from the record.',
		helps: 'Point the context back to the cluster of the run, or choose another run.',
	},
	'nothing-to-resume': {
		means: 'No run is left unfinished.',
		found: 'The records were read.',
		helps: 'Start a new one with `pxpair run`.',
	},
	'nothing-to-undo': {
		means: 'The run made no changes that are still recorded.',
		found: 'The record was read.',
		helps: 'Nothing is needed.',
	},
	'not-confirmed': {
		means: 'The command needs a confirmation that was not given.',
		found: 'The answer was not yes, or there is no terminal.',
		helps: 'Run it in a terminal, or confirm it with `--yes`.',
	},
	'step-without-terminal': {
		means: 'Running step by step needs a terminal.',
		found: 'Standard input is not one.',
		helps: 'Run it in a terminal, or without that flag.',
	},
	'undo-side-unreachable': {
		means: 'One of the clusters to undo on is unreachable, so not all can be undone.',
		found: 'Both clusters were asked first.',
		helps: 'Restore the connection and undo again, or undo on the other side alone with `--force`.',
	},
	'scenario-unknown': {
		means: 'There is no practice scenario of that name.',
		found: 'The scenarios were listed.',
		helps: 'Take a name from `pxpair practice --list`.',
	},
	'storkctl-missing': {
		means: 'storkctl is not an executable program.',
		found: 'The path given, and the PATH of this machine.',
		helps: 'Give the path of storkctl, or use `--storkctl=none` for the built-in generator.',
	},
	'storkctl-failed': {
		means: 'storkctl exited with an error.',
		found: 'Its exit status and first line, with secrets removed.',
		helps: 'Correct what it reports; its version should match that of Stork.',
	},
	unexpected: {
		means: 'An internal error. This is a bug in pxpair.',
		found: 'An exception that no code expected.',
		helps: 'Report it. Running the command again is safe.',
	},
	'not-looked-yet': {
		means: 'The cluster has not been examined yet.',
		found: 'No facts are known.',
		helps: 'Wait until the check is complete.',
	},
} as const satisfies Sections;
