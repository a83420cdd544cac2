/** The prose of an operation. The rest of its description is generated from the route. */
export interface OperationText {
  /** The operation's name in generated clients. */
  id: string;
  tag: Tag;
  summary: string;
  description: string;
}

/** The texts of operations, by method and path as in the route table. */
export type OperationTexts = { [methodAndPath: string]: OperationText };

/** The groups of operations, in the order of the documentation. */
export const TAGS = {
  Accounts: 'Sign up, and look after one’s own account.',
  Logins: 'Log in and out: by tokens that live for weeks, or by JSON web tokens that live for minutes.',
  Movies: 'The movies and their ratings. Everyone reads them; admins write them.',
  Platforms: 'The platforms that show them. Everyone reads them; admins write them.',
  Reviews: 'What users think of movies. Everyone reads them; users write their own.',
  Operations: 'For those who run the server, and for machines.',
} as const;

export type Tag = keyof typeof TAGS;
