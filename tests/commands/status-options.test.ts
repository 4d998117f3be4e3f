import { expect, test } from 'vitest';
import { helpText } from '../../source/commands/line/commands.ts';
import { askedFor } from '../helpers/program/command-line.ts';

const nothing = { name: undefined, namespace: undefined, run: undefined, answers: undefined };

test.each<[string, object]>([
	['status', nothing],
	['status cp -n ns', { ...nothing, name: 'cp', namespace: 'ns' }],
	['status --run 2026 --namespace=ns', { ...nothing, run: '2026', namespace: 'ns' }],
	['status --answers a.yaml', { ...nothing, answers: 'a.yaml' }],
])('%s', (line, subject) => {
	expect(askedFor(line.split(' '))).toMatchObject({ command: 'status', json: false, subject });
});

test.each<[string, string]>([
	['status cp other', '"other" is one argument too many'],
	[
		'status --run 1 --answers a.yaml',
		'--run and --answers both say what the pair was created with: use one of them',
	],
	['status --practice', '--practice does not go with pxpair status'],
	['status --namespace', '--namespace needs a value'],
	['run --answers a.yaml', '--answers does not go with pxpair run'],
	['statsu', 'there is no command "statsu"; did you mean status?'],
])('%s: a mistake', (line, message) => {
	expect(askedFor(line.split(' '))).toMatchObject({ command: 'mistake', message });
});

test.each([undefined, 'status'])('the help (%s) fits a small terminal', topic => {
	const lines = helpText(topic).trimEnd().split('\n');
	expect(lines.length).toBeLessThanOrEqual(24);
	expect(lines.filter(line => line.length > 80)).toEqual([]);
	expect(lines.join('\n')).toContain('pxpair status');
});
