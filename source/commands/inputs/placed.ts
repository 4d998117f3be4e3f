import { resolve } from 'node:path';
import type { SecretReference, StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';

/** Relative paths in an answers file start where it lies. */
export const placed = (path: string, folder: string): string =>
	path.startsWith('~/') ? path : resolve(folder, path);

/** Good from any folder: what a record or another file keeps. */
export function placedReference(reference: SecretReference, folder: string): SecretReference {
	if ('file' in reference) {
		return { file: placed(reference.file, folder) };
	}
	return 'command' in reference
		? { command: reference.command, folder: placed(reference.folder ?? '.', folder) }
		: reference;
}

export const placedSources = (store: StoreInFile, folder: string): StoreInFile =>
	Object.fromEntries(
		Object.entries(store).map(([name, value]) => {
			switch (storeField(`${store.provider}.${name}`)?.kind) {
				case 'key-file':
					return [name, placed(String(value), folder)];
				case 'secret':
					return [name, placedReference(value as SecretReference, folder)];
				default:
					return [name, value];
			}
		}),
	) as StoreInFile;
