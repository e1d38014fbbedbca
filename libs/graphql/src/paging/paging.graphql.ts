/** Pages, as Relay wants them. */
export const pagingTypeDefs = /* GraphQL */ `
  "Where a page stands in its list."
  type PageInfo {
    "Whether there are rows after this page."
    hasNextPage: Boolean!
    "Whether there are rows before this page."
    hasPreviousPage: Boolean!
    "The cursor of the first row."
    startCursor: String
    "The cursor of the last row: give it as \`after\` for the next page."
    endCursor: String
  }
`;
