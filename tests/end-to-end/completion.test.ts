import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const program = process.env.PXPAIR_UNDER_TEST ?? join(import.meta.dirname, '../../dist/pxpair.js');

const kubeconfig = `apiVersion: v1
kind: Config
contexts: [{name: east}, {name: west-eu}, {name: west-us}]
`;

const rows: readonly (readonly [typed: string, offered: readonly string[]])[] = [
	['pxpair r', ['run', 'runs']],
	['pxpair run --sou', ['--source']],
	['pxpair run --source ', ['east', 'west-eu', 'west-us']],
	['pxpair run --destination=w', ['west-eu', 'west-us']],
	['pxpair check --practice=login', ['login-plugin', 'login-auth-provider']],
	['pxpair plan -o m', ['markdown']],
	['pxpair run --existing-pair k', ['keep']],
	['pxpair completion ', ['bash', 'zsh', 'fish']],
	// Files are the shell's own.
	['pxpair run ans', []],
	['pxpair undo nothing-like-it', []],
];

test('bash completes commands, flags, contexts, scenarios and files', async () => {
	const folder = await temporaryFolder();
	const config = await folder.file('kubeconfig', kubeconfig);
	await folder.file('pxpair', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, 'executable');
	const lines = rows.map(([typed]) => `try '${typed}'`);
	const { stdout } = await execa(
		'bash',
		[
			'--norc',
			'-c',
			[
				'set -e',
				'source <(pxpair completion bash)',
				`try() { COMP_LINE=$1 COMP_POINT=\${#1}; COMPREPLY=(); _pxpair || true; echo "$1|\${COMPREPLY[*]}"; }`,
				...lines,
			].join('\n'),
		],
		{
			env: { PATH: `${folder.path}:/usr/bin:/bin`, HOME: folder.path, KUBECONFIG: config },
			extendEnv: false,
		},
	);
	expect(stdout.split('\n')).toEqual(rows.map(([typed, offered]) => `${typed}|${offered.join(' ')}`));
});

test.each(['bash', 'zsh', 'fish'])(
	'the script for %s asks this program, and says where it belongs',
	async shell => {
		const { stdout } = await execa(process.execPath, [program, 'completion', shell]);
		expect(stdout).toMatch(/^# Put this into ~|^#compdef pxpair\n# Put this into ~/);
		expect(stdout).toContain('pxpair __complete');
	},
);
