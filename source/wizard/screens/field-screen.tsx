import { Box, Text } from 'ink';
import { type ReactNode, useState } from 'react';
import type { TextField as TextFieldId } from '../../pairing/draft.ts';
import { Secret } from '../../pairing/secret.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { PathField } from '../../ui/components/path-field.tsx';
import { TextField } from '../../ui/components/text-field.tsx';
import { useTheme } from '../../ui/theme.ts';
import { environmentFor, fields, isSecretField, judge, type QuestionId, shortNames } from '../questions.ts';
import type { WizardServices } from '../services.ts';

type FieldId = keyof typeof fields;

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
	onSecret: (field: 'accessKeyId' | 'secretAccessKey' | 'accountKey' | 'jsonKey', secret: Secret) => void;
	onNext: () => void;
	onBack: () => void;
	onHelp: () => void;
}): ReactNode {
	const { id, services } = props;
	const { styles } = useTheme();
	const area = useArea();
	const { question, what, where, example } = fields[id];
	const [problem, setProblem] = useState<string>();
	const [doubted, setDoubted] = useState<Secret>();
	const [busy, setBusy] = useState<string>();
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
		setProblem(judgement.kind === 'doubtful' ? judgement.text : undefined);
		setDoubted(undefined);
	};
	const submitPath = async (path: string): Promise<void> => {
		setBusy('Reading the file…');
		const read = await services.readKeyFile(path);
		setBusy(undefined);
		if (read.kind === 'mistake') {
			setProblem(read.text);
			return;
		}
		props.onSecret('jsonKey', read.key);
		props.onNext();
	};

	const common = {
		label: `${shortNames[id]}:`,
		columns: area.columns,
		onCancel: props.onBack,
		onHelp: props.onHelp,
		...(problem !== undefined && { problem }),
		...(busy !== undefined && { busy }),
		...(example && { placeholder: `such as ${example}` }),
	};
	const isRoomy = area.rows >= 12;
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Text {...styles.accent}>{question}</Text>
			{isRoomy && (
				<Box flexDirection="column">
					<Text>{what}</Text>
					<Text {...styles.muted}>{where}</Text>
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
			) : id === 'jsonKeyFile' ? (
				<PathField
					{...common}
					initial={props.text}
					complete={services.completePath}
					limit={isRoomy ? 5 : 2}
					onChange={path => {
						props.onText(id, path);
						setProblem(undefined);
					}}
					onSubmit={submitPath}
				/>
			) : (
				<PathField
					{...common}
					initial={props.text}
					complete={text =>
						text === '' ? [] : props.candidates.filter(name => name.startsWith(text) && name !== text)
					}
					limit={isRoomy ? 5 : 2}
					onChange={text => {
						props.onText(plainField(id), text);
						changed(new Secret(text));
					}}
					onSubmit={text => {
						props.onText(plainField(id), text);
						submit(new Secret(text));
					}}
				/>
			)}
			{services.practiceHints[id] && <Note tone="info">{services.practiceHints[id]}</Note>}
			{offered && isSecretField(id) && (
				<Note tone="info">{`${offered.name} is set here: Tab takes its value.`}</Note>
			)}
			{offered && !isSecretField(id) && <Note tone="info">{`${offered.name} is ${offered.value}`}</Note>}
		</Box>
	);
}

/** Offered, never taken silently. */
function offer(
	id: QuestionId,
	services: WizardServices,
): Readonly<{ name: string; value: string }> | undefined {
	for (const name of environmentFor[id] ?? []) {
		const value = services.environment[name];
		if (value) {
			return { name, value };
		}
	}
	return undefined;
}

const plainField = (id: Exclude<FieldId, 'accessKeyId' | 'secretAccessKey' | 'accountKey'>): TextFieldId =>
	id;
