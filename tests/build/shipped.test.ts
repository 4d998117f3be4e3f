import { expect, test } from 'vitest';
import { billOfMaterials } from '../scripts/build/bill-of-materials.ts';
import type { BundledPackage } from '../scripts/build/bundled-packages.ts';
import { noticesOf } from '../scripts/build/notices.ts';

const terms = 'Permission is hereby granted, free of charge, to any person.\n\nAS IS.';
const ours = { name: 'pxpair', version: '1.2.3', license: 'Apache-2.0' };
const one = named('one', { texts: [`Copyright One\n\n${terms}`] });
const same = named('@scope/same', { texts: [`Copyright One\r\n\r\n${terms.replaceAll('\n', '\r\n')}`] });
const fileless = named('fileless', { firstComment: 'Copyright (c) Fileless, Inc.' });

test('each license is once, below the packages that come under it', () => {
	expect(noticesOf([same, one])).toBe(
		[
			'pxpair contains code of 2 packages, under the licenses below.',
			'-'.repeat(80),
			`@scope/same 1.0.0 (MIT)\none 1.0.0 (MIT)\n\nCopyright One\n\n${terms}\n`,
		].join('\n\n'),
	);
});

test('a package without a license file has the terms that it names, and who holds the copyright', () => {
	expect(noticesOf([one, fileless])).toContain(
		[
			'fileless 1.0.0 (MIT)',
			'The package has no license file. It names its license: MIT; its source: not named.',
			'Copyright (c) Fileless, Inc.',
			terms,
		].join('\n\n'),
	);
	const free = named('free', { license: 'Unlicense' });
	expect(noticesOf([one, free]).split('free 1.0.0 (Unlicense)')[1]).not.toContain('Permission');
});

test('the bill of materials names each package by its address, license and hash', () => {
	const dual = named('dual', { license: '(MIT OR CC0-1.0)', integrity: undefined });
	const bill = JSON.parse(billOfMaterials(ours, [same, dual]));
	expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
	expect(bill.metadata.component).toMatchObject({ name: 'pxpair', version: '1.2.3' });
	expect(bill.components).toEqual([
		{
			type: 'library',
			'bom-ref': 'pkg:npm/%40scope/same@1.0.0',
			name: '@scope/same',
			version: '1.0.0',
			purl: 'pkg:npm/%40scope/same@1.0.0',
			licenses: [{ license: { id: 'MIT' } }],
			hashes: [{ alg: 'SHA-512', content: 'fbff00' }],
		},
		{
			type: 'library',
			'bom-ref': 'pkg:npm/dual@1.0.0',
			name: 'dual',
			version: '1.0.0',
			purl: 'pkg:npm/dual@1.0.0',
			licenses: [{ expression: '(MIT OR CC0-1.0)' }],
		},
	]);
	expect(bill.dependencies).toEqual([
		{ ref: 'pkg:npm/pxpair@1.2.3', dependsOn: ['pkg:npm/%40scope/same@1.0.0', 'pkg:npm/dual@1.0.0'] },
	]);
});

function named(name: string, rest: Partial<BundledPackage>): BundledPackage {
	return {
		name,
		version: '1.0.0',
		license: 'MIT',
		repository: undefined,
		texts: [],
		firstComment: undefined,
		integrity: 'sha512-+/8A',
		...rest,
	};
}
