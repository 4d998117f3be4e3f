import { expect, test } from 'vitest';
import { compareClusters } from '../../../source/pairing/cluster-pair/credential-traits.ts';

const differencesOf = (source: string, destination: string): readonly string[] =>
	compareClusters({
		source: { uuid: '', traits: { account: source } },
		destination: { uuid: '', traits: { account: destination } },
	}).differences;

test('two key IDs are told apart by how they begin and end, or where they first differ', () => {
	expect(differencesOf('AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7SAMPLES')).toEqual([
		'access key ID or account: AKIA…MPLE on the source, AKIA…PLES on the destination',
	]);
	expect(differencesOf('AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN8EXAMPLE')).toEqual([
		'access key ID or account: AKIA…7EXA…MPLE on the source, AKIA…8EXA…MPLE on the destination',
	]);
	expect(differencesOf('AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE')).toEqual([]);
});

test('stores of two kinds are told apart by their names', () => {
	const { differences } = compareClusters({
		source: { uuid: '', traits: { provider: 's3' } },
		destination: { uuid: '', traits: { provider: 'azure' } },
	});
	expect(differences).toEqual(['provider: S3 on the source, Azure Blob Storage on the destination']);
});
