import { expect, test } from 'vitest';
import { kubectlFile } from '../helpers/kubectl.ts';
import { temporaryFolder } from '../helpers/program/temporary-folder.ts';
import { isFull } from '../matrices/pool.ts';
import { cases } from './cases.ts';
import { agree, compareAll } from './compare.ts';
import { purposes } from './purposes.ts';

/** A part of all cases, with some of each kind in it. */
const stride = isFull ? 1 : 5;

test('a kubeconfig means to pxpair what it means to kubectl', async () => {
	const tried = cases.filter((_, index) => index % stride === 0);
	const { path } = await temporaryFolder();
	const compared = await compareAll(tried, await kubectlFile(), path);
	const differing = compared.filter(one => !agree(one));
	const unexplained = differing.filter(({ one }) => !purposes.some(({ covers }) => covers.test(one.name)));
	const equal = compared.length - differing.length;
	console.log(
		`kubeconfigs beside kubectl: ${compared.length} of ${cases.length} tried, ${equal} agree (${((100 * equal) / compared.length).toFixed(1)} %), ${differing.length - unexplained.length} differ on purpose${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	);
	const told = unexplained.map(({ one, kubectl, pxpair }) => ({
		name: one.name,
		kubectl: [kubectl.connects, kubectl.seen, kubectl.why.slice(0, 300)],
		pxpair: [pxpair.connects, pxpair.seen, pxpair.why.slice(0, 300)],
	}));
	expect(told).toEqual([]);
	expect(equal / compared.length).toBeGreaterThan(isFull ? 0.98 : 0.95);
}, 600_000);
