import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../../source/gateways/machine/run-program.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

test.each([
	[0, { kind: 'done', stdout: 'canary-value' }],
	[3, { kind: 'failed', exitCode: 3, stdout: 'canary-value' }],
])(
	'one that leaves another behind, which holds its output open, is not waited for: %i',
	async (code, ended) => {
		const folder = await temporaryFolder();
		const file = await folder.file(
			'print',
			`#!/bin/sh\nsleep 60 &\necho $! > left\necho canary-value\nexit ${code}\n`,
			'executable',
		);
		const result = await runProgram({
			...{ file, args: [], environment: { PATH: process.env.PATH }, folder: folder.path },
			seconds: 30,
			signal: new AbortController().signal,
		});
		process.kill(Number(await readFile(join(folder.path, 'left'), 'utf8')));
		expect(result).toMatchObject(ended);
	},
);
