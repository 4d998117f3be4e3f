import type { BundledPackage } from './bundled-packages.ts';

/** The licenses of all that is bundled, each text once, below the packages that come under it. */
export function noticesOf(packages: readonly BundledPackage[]): string {
	const byText = Map.groupBy(packages, it =>
		it.texts.length > 0
			? it.texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n')
			: withoutFile(it, packages),
	);
	const sections = [...byText].map(([text, under]) =>
		[...under.map(({ name, version, license }) => `${name} ${version} (${license})`), '', text].join('\n'),
	);
	const head = `pxpair contains code of ${packages.length} packages, under the licenses below.`;
	return `${[head, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The terms of the MIT license are the same for all; only the line above them names who holds the copyright. */
function withoutFile(
	{ license, repository, firstComment }: BundledPackage,
	others: readonly BundledPackage[],
) {
	const mit = /^Permission is hereby granted, free of charge.*$/ms;
	const [terms] =
		license === 'MIT' ? (others.map(({ texts: [text = ''] }) => mit.exec(text)).find(it => it) ?? []) : [];
	const source = `The package has no license file. It names its license: ${license}; its source: ${repository ?? 'not named'}.`;
	return [source, firstComment, terms?.trim()].filter(part => part).join('\n\n');
}
