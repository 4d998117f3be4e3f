import { type ReactNode, useRef, useState } from 'react';
import type { WizardServices } from '../../conversation/services.ts';
import type { AskedFieldId } from '../../pairing/answers/credential.ts';
import { exposureLine } from '../../pairing/answers/exposure.ts';
import { ofAsked } from '../../pairing/answers/store-fields.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { Note } from '../../ui/components/note.tsx';
import { PathField } from '../../ui/components/path-field.tsx';
import type { FieldProps } from '../../ui/components/text-field.tsx';

type KeyFile = Awaited<ReturnType<WizardServices['readKeyFile']>>;

type KeyFileProps = Omit<FieldProps, 'onComplete' | 'busy'> &
	Readonly<{
		id: AskedFieldId<'key-file'>;
		services: WizardServices;
		initial: string;
		/** What an empty path is completed to. */
		offered: string | undefined;
		limit: number;
		onText: (path: string) => void;
		tell: (problem: string | undefined) => void;
		onKey: (key: Secret) => void;
	}>;

/** The path of a file with a key, which is read while it is typed and once more when it is given. */
export function KeyFileAnswer({
	id,
	services,
	offered,
	onText,
	tell,
	onKey,
	...field
}: KeyFileProps): ReactNode {
	const [busy, setBusy] = useState<string>();
	const [keyFile, setKeyFile] = useState<KeyFile>();
	const typedPath = useRef('');
	const look = async (path: string): Promise<void> => {
		typedPath.current = path;
		setKeyFile(undefined);
		const isWhole = path !== '' && !path.endsWith('/');
		const read = isWhole ? await services.readKeyFile(path, id) : undefined;
		if (typedPath.current === path) setKeyFile(read);
	};
	const submit = async (path: string): Promise<void> => {
		setBusy('Reading the file');
		typedPath.current = '';
		setKeyFile(undefined);
		const read = await services.readKeyFile(path, id);
		setBusy(undefined);
		if (read.kind === 'mistake') tell(read.text);
		else onKey(read.key);
	};
	return (
		<>
			<PathField
				{...field}
				{...(busy !== undefined && { busy })}
				complete={path => (path === '' && offered ? [offered] : services.completePath(path))}
				onChange={path => {
					onText(path);
					tell(undefined);
					void look(path);
				}}
				onSubmit={submit}
			/>
			{keyFile && (
				<Note tone={keyFile.kind === 'key' ? 'ok' : 'info'}>
					{keyFile.kind === 'key' ? keyFiles[id].fine : keyFile.text}
				</Note>
			)}
			{keyFile?.kind === 'key' && keyFile.key.exposure && (
				<Note tone="warning">{exposureLine(keyFile.key.exposure)}</Note>
			)}
		</>
	);
}

const keyFiles = ofAsked(['key-file'], ({ field }) => field);
