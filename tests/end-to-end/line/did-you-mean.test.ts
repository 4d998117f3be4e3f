import { expect, test, vi } from 'vitest';
import { makeSandbox } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const kubeconfig = `apiVersion: v1
kind: Config
contexts: [{name: east, context: {cluster: a}}, {name: west, context: {cluster: a}}]
clusters: [{name: a, cluster: {server: 'https://127.0.0.1:1'}}]
`;

/** What was mistyped, and the first line of the answer: it ends with the nearest there is, or offers none when nothing is near. */
const rows: readonly (readonly [typed: string, answer: string])[] = [
	['stauts', 'pxpair: there is no command "stauts"; did you mean status?'],
	['help stauts', 'pxpair: there is no command "stauts"; did you mean status?'],
	['help frobnicate', 'pxpair: there is no command "frobnicate"'],
	['run answers.yaml --jsn', 'pxpair: there is no option --jsn; did you mean --json?'],
	[
		'plan answers.yaml -o markdwn',
		'pxpair: -o takes text, markdown, json, not "markdwn"; did you mean markdown?',
	],
	['completion zs', 'pxpair: completion takes bash, zsh, fish; did you mean zsh?'],
	['completion', 'pxpair: completion takes bash, zsh, fish'],
	[
		'check --practice --existing-pair replce',
		'pxpair: --existing-pair takes stop, keep, replace, not "replce"; did you mean replace?',
	],
	[
		'check --practice --existing-credential kep',
		'pxpair: --existing-credential takes stop, keep, replace, not "kep"; did you mean keep?',
	],
	[
		'check --kubeconfig kubeconfig --source est --destination west',
		'pxpair: There is no context "est" for the source; did you mean east?',
	],
	[
		'status --kubeconfig kubeconfig --source east --destination nothing-like-it',
		'pxpair: There is no context "nothing-like-it" for the destination',
	],
];

test.concurrent.for(rows)('pxpair %s', async ([typed, answer]) => {
	await using sandbox = await makeSandbox();
	await sandbox.file('kubeconfig', kubeconfig);
	const { exitCode, out, err } = await sandbox.run(typed.split(' '), {});
	expect({ exitCode, out, answer: err[0] }).toEqual({ exitCode: 2, out: [], answer });
});
