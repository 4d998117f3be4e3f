import { resolve } from 'node:path';
import type { WizardServices } from '../../conversation/services.ts';
import { systemCode } from '../../gateways/machine/file-error.ts';
import { readSecretText, writeNewFile } from '../../gateways/machine/files.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { completeAnswers, type Draft } from '../../pairing/answers/draft.ts';
import { fieldsOf, ofAsked } from '../../pairing/answers/store-fields.ts';
import { podPlaces } from '../../pairing/step/pod-places.ts';
import { type KnownSource, sourcesOf } from '../inputs/known-sources.ts';
import type { PracticeGround } from '../inputs/practice-ground.ts';

type Files = Pick<WizardServices, 'readKeyFile' | 'save' | 'saveAttachment'>;

/** The files that are read and written on the way. @param known what is read is noted there */
export function filesIn(
	folder: string,
	ground: PracticeGround | undefined,
	known: KnownSource[],
	kubeconfig: string | undefined,
): Files {
	/** What was made in practice says so itself: a file is found when nothing around it does. */
	const write = (name: string, ending: string, sign: string, text: string) =>
		writeNewFile(folder, name, ending, ground ? `${sign}${ground.banner}\n\n${text}` : text);
	return {
		async readKeyFile(path, id) {
			const read = await readSecretText(path, folder);
			if (read.kind === 'mistake') {
				return read;
			}
			const mistake = keyFiles[id].mistake(read.text);
			if (mistake) {
				return { kind: 'mistake', text: `${path}: ${mistake}.` };
			}
			const reference = { file: path.startsWith('~/') ? path : resolve(folder, path) };
			known.push({ field: id, secret: read.text, reference });
			return { kind: 'key', key: read.text };
		},
		save: (what, draft, plan, facts) =>
			saving(async () => {
				const { source, destination } = draft;
				const name = `pxpair-${what}-${fileName(source ?? '')}-${fileName(destination ?? '')}`;
				if (what === 'answers') {
					const { answersFileOf } = await import('../inputs/answers-file-of.ts');
					const answers = completeAnswers(draft);
					const store = await sourcesOf(answers, known);
					return write(name, 'yaml', '# ', answersFileOf(answers, asTyped(store, draft)));
				}
				const { runbook } = await import('../../plain/runbook.ts');
				const places = podPlaces(facts, { source: kubeconfig, destination: kubeconfig });
				return write(name, 'md', '> ', runbook(plan, places));
			}),
		saveAttachment: ({ id, side, attachment }) =>
			saving(() =>
				write(['pxpair', id, ...(side ? [side] : [])].join('-'), 'yaml', '# ', attachment?.text ?? ''),
			),
	};
}

async function saving(save: () => Promise<string>): Promise<string> {
	try {
		return `Saved ${await save()}`;
	} catch (error) {
		return `Not saved: ${systemCode(error) ?? 'unwritable'}`;
	}
}

const keyFiles = ofAsked(['key-file'], ({ field }) => field);

/** Key files lie where they were typed to lie. */
function asTyped(store: StoreInFile, { texts }: Draft): StoreInFile {
	const paths =
		store.provider === 'none'
			? []
			: fieldsOf(store.provider).flatMap(({ kind, id, name }) =>
					kind === 'key-file' && texts[id] ? [[name, texts[id]]] : [],
				);
	return { ...store, ...Object.fromEntries(paths) };
}

const fileName = (context: string): string => context.replace(/[^\w.-]+/g, '_').slice(0, 60);
