import { Box } from 'ink';
import { type ReactNode, useRef, useState } from 'react';
import { fields, offer } from '../../conversation/field-texts.ts';
import {
	isKeyFile,
	isSecretField,
	judge,
	mayHoldQuestionMark,
	shortNames,
} from '../../conversation/questions.ts';
import type { WizardServices } from '../../conversation/services.ts';
import type { AskedFieldId } from '../../pairing/answers/credential.ts';
import type { SecretField, TextField as TextFieldId } from '../../pairing/answers/draft.ts';
import { ofAsked } from '../../pairing/answers/store-fields.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { PathField } from '../../ui/components/path-field.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { TextField } from '../../ui/components/text-field.tsx';
import { useTheme } from '../../ui/theme.ts';

type FieldId = keyof typeof fields;
type KeyFile = Awaited<ReturnType<WizardServices['readKeyFile']>>;
type PlainFieldId = Exclude<FieldId, AskedFieldId<'secret' | 'key-file'>>;

/** One field, with what it is, where to find it, and an example. */
export function FieldScreen(props: {
	id: FieldId;
	services: WizardServices;
	/** What was typed before, else what is suggested. */
	text: string;
	secret: Secret | undefined;
	/** Existing names that Tab completes. */
	candidates: readonly string[];
	onText: (field: TextFieldId, text: string) => void;
	onSecret: (field: SecretField, secret: Secret) => void;
	onNext: () => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { id, services } = props;
	const { styles } = useTheme();
	const area = useArea();
	const { question, what, where, example } = fields[id];
	const [problem, setProblem] = useState<string>();
	const [doubted, setDoubted] = useState<Secret>();
	const [busy, setBusy] = useState<string>();
	const typedPath = useRef('');
	const [keyFile, setKeyFile] = useState<KeyFile>();
	const offered = offer(id, services);

	/** A doubt holds the answer back once; who presses Enter again means it. */
	const submit = (value: Secret): void => {
		const judgement = judge(id, value.reveal());
		if (judgement.kind === 'fine' || (judgement.kind === 'doubtful' && doubted?.equals(value))) {
			setProblem(undefined);
			props.onNext();
			return;
		}
		setProblem(
			judgement.kind === 'doubtful' ? `${judgement.text} Enter again if it is right.` : judgement.text,
		);
		setDoubted(judgement.kind === 'doubtful' ? value : undefined);
	};
	const changed = (value: Secret): void => {
		const judgement = judge(id, value.reveal());
		const isTelling = judgement.kind === 'doubtful' || (judgement.kind === 'wrong' && isJudgedAsTyped(id));
		setProblem(isTelling && value.length > 0 ? judgement.text : undefined);
		setDoubted(undefined);
	};
	const checkPath = async (file: AskedFieldId<'key-file'>, path: string): Promise<void> => {
		typedPath.current = path;
		setKeyFile(undefined);
		const isWhole = path !== '' && !path.endsWith('/');
		const read = isWhole ? await services.readKeyFile(path, file) : undefined;
		if (typedPath.current === path) setKeyFile(read);
	};
	const submitPath = async (file: AskedFieldId<'key-file'>, path: string): Promise<void> => {
		setBusy('Reading the file');
		typedPath.current = '';
		setKeyFile(undefined);
		const read = await services.readKeyFile(path, file);
		setBusy(undefined);
		if (read.kind === 'mistake') {
			setProblem(read.text);
			return;
		}
		props.onSecret(file, read.key);
		props.onNext();
	};

	const common = {
		label: `${shortNames[id]}:`,
		columns: area.columns,
		onCancel: props.onBack,
		onHelp: props.onHelp,
		isHelpAlways: !mayHoldQuestionMark(id),
		...(problem !== undefined && { problem }),
		...(busy !== undefined && { busy }),
		...(example && { placeholder: `such as ${example}` }),
	};
	const plain = (field: PlainFieldId) => ({
		...common,
		initial: props.text,
		onChange(text: string) {
			props.onText(field, text);
			changed(new Secret(text));
		},
		onSubmit(text: string) {
			props.onText(field, text);
			submit(new Secret(text));
		},
	});
	const isRoomy = area.rows >= 12;
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{question}</Prose>
			{isRoomy && (
				<Box flexDirection="column">
					<Prose>{what}</Prose>
					<Prose {...styles.muted}>{where}</Prose>
				</Box>
			)}
			{isSecretField(id) ? (
				<TextField
					{...common}
					isMasked
					{...(props.secret && { initial: props.secret })}
					onChange={value => {
						props.onSecret(id, value);
						changed(value);
					}}
					onSubmit={submit}
					{...(offered && { onComplete: () => offered.value })}
				/>
			) : isKeyFile(id) ? (
				<PathField
					{...common}
					initial={props.text}
					complete={path => (path === '' && offered ? [offered.value] : services.completePath(path))}
					limit={isRoomy ? 5 : 2}
					onChange={path => {
						props.onText(id, path);
						setProblem(undefined);
						void checkPath(id, path);
					}}
					onSubmit={path => submitPath(id, path)}
				/>
			) : offered ? (
				<TextField {...plain(id)} onComplete={() => offered.value} />
			) : (
				<PathField
					{...plain(id)}
					complete={text => props.candidates.filter(name => name.startsWith(text) && name !== text)}
					limit={isRoomy ? 5 : 2}
				/>
			)}
			{keyFile && isKeyFile(id) && (
				<Note tone={keyFile.kind === 'key' ? 'ok' : 'info'}>
					{keyFile.kind === 'key' ? keyFiles[id].fine : keyFile.text}
				</Note>
			)}
			{services.practiceHints[id] && <Note tone="info">{services.practiceHints[id]}</Note>}
			{offered && (
				<Note tone="info">
					{isSecretField(id)
						? `${offered.name} is set here: Tab takes its value.`
						: `${offered.name} is ${offered.value}: Tab takes it.`}
				</Note>
			)}
		</Box>
	);
}

const keyFiles = ofAsked(['key-file'], ({ field }) => field);

/** Names are wrong from the first letter on; other answers look wrong until they are whole. */
const isJudgedAsTyped = (id: FieldId): boolean => id === 'name' || id === 'namespace';
