/** What the document says of an operation in words; all else is made from the route. */
export interface OperationText {
  /** The operation's name in clients that are made from the document. */
  id: string;
  tag: Tag;
  summary: string;
  description: string;
}

/** The operation texts, by method and path as the route table has them. */
export type OperationTexts = { [methodAndPath: string]: OperationText };

/** The groups that operations come in, in the order in which the documentation shows them. */
export const TAGS = {
  Accounts: 'Sign up, and look after one’s own account.',
  Logins: 'Log in and out: by tokens that live for weeks, or by JSON web tokens that live for minutes.',
  Movies: 'The movies and their ratings. Everyone reads them; admins write them.',
  Platforms: 'The platforms that show them. Everyone reads them; admins write them.',
  Reviews: 'What users think of movies. Everyone reads them; users write their own.',
  Operations: 'For those who run the server, and for machines.',
} as const;

export type Tag = keyof typeof TAGS;
