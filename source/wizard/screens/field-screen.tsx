import { Box } from 'ink';
import type { ReactNode } from 'react';
import { fields, offer, whatOf } from '../../conversation/questions/field-texts.ts';
import {
	isKeyFile,
	isSecretField,
	mayHoldQuestionMark,
	shortNames,
} from '../../conversation/questions/questions.ts';
import type { WizardServices } from '../../conversation/services.ts';
import type { SecretField, TextField as TextFieldId } from '../../pairing/answers/draft.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { PathField } from '../../ui/components/path-field.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { TextField } from '../../ui/components/text-field.tsx';
import { useTheme } from '../../ui/theme.ts';
import { KeyFileAnswer } from './key-file-answer.tsx';
import { useJudged } from './use-judged.ts';

type FieldScreenProps = Readonly<{
	id: keyof typeof fields;
	services: WizardServices;
	/** What was typed before, else what is suggested. */
	text: string;
	secret: Secret | undefined;
	/** Why it was refused, where it was. */
	cause: Problem | undefined;
	/** Of Stork on the source, once it is known. */
	adminNamespace: string | undefined;
	/** Existing names that Tab completes. */
	candidates: readonly string[];
	onText: (field: TextFieldId, text: string) => void;
	onSecret: (field: SecretField, secret: Secret) => void;
	onNext: () => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}>;

/** One field, with what it is, where to find it, and an example. */
export function FieldScreen(props: FieldScreenProps): ReactNode {
	const { id, services } = props;
	const { styles } = useTheme();
	const isRoomy = useArea().rows >= 12;
	const { question, where } = fields[id];
	const offered = offer(id, services);
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{question}</Prose>
			{isRoomy && (
				<Box flexDirection="column">
					<Prose>{whatOf(id, props.adminNamespace)}</Prose>
					<Prose {...styles.muted}>{where}</Prose>
				</Box>
			)}
			<Answer {...props} offered={offered?.value} />
			{props.cause && (
				<Box flexDirection="column">
					<Note tone="error">{props.cause.title}</Note>
					{isRoomy && props.cause.evidence && <Prose {...styles.muted}>{props.cause.evidence}</Prose>}
				</Box>
			)}
			{services.practiceHints[id] && <Note tone="info">{services.practiceHints[id]}</Note>}
			{offered && (
				<Note tone="info">
					{isSecretField(id)
						? `${offered.name} is set: Tab uses its value.`
						: `${offered.name} is ${offered.value}: Tab uses it.`}
				</Note>
			)}
		</Box>
	);
}

/** The line for the answer: masked, with paths or names to complete, or plain. */
function Answer(props: FieldScreenProps & { offered: string | undefined }): ReactNode {
	const { id, offered, onText, onSecret, onNext } = props;
	const area = useArea();
	const { problem, tell, submit, changed } = useJudged(id, onNext);
	const limit = area.rows >= 12 ? 5 : 2;
	const { example } = fields[id];
	const common = {
		label: `${shortNames[id]}:`,
		onCancel: props.onBack,
		onHelp: props.onHelp,
		isHelpAlways: !mayHoldQuestionMark(id),
		...(problem !== undefined && { problem }),
		...(example && { placeholder: `such as ${example}` }),
	};
	const takesOffer = offered !== undefined && { onComplete: () => offered };
	if (isSecretField(id)) {
		return (
			<TextField
				{...common}
				{...takesOffer}
				isMasked
				{...(props.secret && { initial: props.secret })}
				onChange={value => {
					onSecret(id, value);
					changed(value);
				}}
				onSubmit={submit}
			/>
		);
	}
	if (isKeyFile(id)) {
		return (
			<KeyFileAnswer
				{...common}
				{...{ id, offered, limit, tell }}
				services={props.services}
				initial={props.text}
				onText={path => onText(id, path)}
				onKey={key => {
					onSecret(id, key);
					onNext();
				}}
			/>
		);
	}
	const plain = {
		...common,
		initial: props.text,
		onChange(text: string) {
			onText(id, text);
			changed(new Secret(text));
		},
		onSubmit(text: string) {
			onText(id, text);
			submit(new Secret(text));
		},
	};
	return takesOffer ? (
		<TextField {...plain} {...takesOffer} />
	) : (
		<PathField
			{...plain}
			complete={text => props.candidates.filter(name => name.startsWith(text) && name !== text)}
			limit={limit}
		/>
	);
}
