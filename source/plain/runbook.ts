import { type Command, quote } from '../pairing/command.ts';
import { printManifest } from '../pairing/manifest.ts';
import type { PodPlaces } from '../pairing/preview.ts';
import { Secret } from '../pairing/secret.ts';
import { type Plan, type Preview, type Step, stepsOf } from '../pairing/step.ts';

/** The plan as a Markdown page that a person can follow by hand. Secrets are shell variables that are read without echo. */
export function runbook(plan: Plan, places: PodPlaces): string {
	const steps = stepsOf(plan);
	const variables = [...new Set(steps.flatMap(step => step.preview).flatMap(secretsOf))];
	return [
		`# ${plan.title}`,
		'',
		...plan.remarks.flatMap(remark => [`> ${remark}`, '']),
		...(variables.length > 0 ? ['## Before you start', '', ...askFor(variables), ''] : []),
		...steps.flatMap((step, index) => section(step, index + 1, places)),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function askFor(variables: readonly string[]): string[] {
	return [
		'Type the secrets in here; they are not echoed and do not enter the history.',
		'',
		'```sh',
		...variables.map(name => `printf '${name}: '; stty -echo; IFS= read -r ${name}; stty echo; echo`),
		'```',
	];
}

function section(step: Step, number: number, places: PodPlaces): string[] {
	return [
		`## ${number}. ${step.title.plan}`,
		'',
		`Cluster: **${step.on}** · ${step.change ? `makes ${step.change.makes}` : 'only looks'} · [documentation](${step.docs})`,
		'',
		...step.preview.flatMap(preview => [...block(preview, places), '']),
		`Afterwards: ${step.title.holds}.`,
		'',
	];
}

function block(preview: Preview, places: PodPlaces): string[] {
	switch (preview.kind) {
		case 'text':
			return [preview.text];
		case 'manifest':
			return manifestBlock(preview, places);
		case 'command':
			return ['```sh', commandLine(preview.command, places), '```'];
	}
}

/** What is applied is the generated spec, with all that a preview can only hint at. */
const specFile = 'clusterpair.yaml';

function manifestBlock(
	{ verb, on, manifest }: Extract<Preview, { kind: 'manifest' }>,
	places: PodPlaces,
): string[] {
	const kubectl = `kubectl --context ${quote(places[on].context)}`;
	return verb === 'apply'
		? [
				`What stands in \`${specFile}\` by now:`,
				'',
				...['```yaml', printManifest(manifest), '```', ''],
				'```sh',
				`${kubectl} apply --server-side --field-manager pxpair -f ${specFile}`,
				`rm ${specFile}`,
				'```',
			]
		: ['```sh', `${kubectl} create -f - <<'MANIFEST'`, printManifest(manifest), 'MANIFEST', '```'];
}

/** In a pod, secrets go through standard input: an exec URL, and with it the audit log, would keep them. */
function commandLine(command: Command, places: PodPlaces): string {
	const words = [command.file, ...command.args];
	if (command.where === 'here' && command.file === 'storkctl') {
		// It holds the credentials of the context.
		return `(umask 077; ${words.map(String).map(quote).join(' ')} > ${specFile})`;
	}
	if (command.where === 'here') {
		return words.map(word => (word instanceof Secret ? '"$SECRET"' : quote(word))).join(' ');
	}
	const { context, namespace, pod } = places[command.where];
	const exec = (flags: string) =>
		`kubectl --context ${quote(context)} -n ${quote(namespace)} exec ${flags}${quote(pod)} -c portworx --`;
	const names = secretNames(command);
	if (names.length === 0) {
		return `${exec('')} ${words.map(word => quote(String(word))).join(' ')}`;
	}
	const reads = names.map(name => `IFS= read -r ${name}; `).join('');
	const inner = words
		.map((word, index) => (word instanceof Secret ? `"$${nameBefore(words, index)}"` : quote(word)))
		.join(' ');
	const given = names.map(name => `"$${name}"`).join(' ');
	return `printf '%s\\n' ${given} |\n  ${exec('-i ')} sh -c ${quote(`${reads}exec ${inner}`)}`;
}

const secretsOf = (preview: Preview): readonly string[] =>
	preview.kind === 'command' ? secretNames(preview.command) : [];

const secretNames = ({ file, args }: Command): readonly string[] =>
	[file, ...args].flatMap((word, index, words) => (word instanceof Secret ? [nameBefore(words, index)] : []));

/** `--s3-secret-key` names what follows it: `S3_SECRET_KEY`. */
const nameBefore = (words: readonly (string | Secret)[], index: number): string =>
	String(words[index - 1])
		.replace(/^--/, '')
		.replaceAll('-', '_')
		.toUpperCase();
