import type { Locale } from 'adminjs';

const movie = {
  title: 'Title',
  storyline: 'Storyline',
  platform_id: 'Platform',
  active: 'Active',
  created: 'Created',
  avg_rating: 'Average rating',
  number_rating: 'Number of ratings',
  weighted_rating: 'Weighted rating',
  rating_1: '1 star',
  rating_2: '2 stars',
  rating_3: '3 stars',
  rating_4: '4 stars',
  rating_5: '5 stars',
};

const review = {
  watchlist_id: 'Movie',
  user_id: 'User',
  username: 'User',
  rating: 'Rating',
  description: 'Text',
  spoiler: 'Spoiler',
  active: 'Shown',
  created: 'Created',
  updated: 'Last change',
};

const user = {
  username: 'Username',
  email: 'E-mail',
  password: 'Password',
  role: 'Role',
  is_active: 'Active',
  date_joined: 'Joined',
  last_login: 'Last login',
};

const platform = { name: 'Name', about: 'About', website: 'Website' };

/** The panel's words, where AdminJS's own would be the columns' names or its advertising. */
export const locale: Locale = {
  language: 'en',
  availableLanguages: ['en'],
  translations: {
    en: {
      labels: {
        navigation: '',
        stream_platforms: 'Platforms',
        watch_lists: 'Movies',
        reviews: 'Reviews',
        users: 'Users',
      },
      properties: { id: 'ID', from: 'From', to: 'To' },
      actions: { bulkDelete: 'Delete selected', new: 'New', show: 'View' },
      messages: {
        successfullyBulkDeleted: 'Deleted {{count}} record',
        successfullyBulkDeleted_plural: 'Deleted {{count}} records',
        successfullyDeleted: 'Deleted',
        successfullyUpdated: 'Saved',
        successfullyCreated: 'Created',
        thereWereValidationErrors: 'Please correct the fields below',
        confirmDelete: 'Do you really want to delete this?',
        forbiddenError: 'You do not have permission to do this.',
        anyForbiddenError: 'You do not have permission to do this.',
        error404Resource: 'There is nothing at this address.',
        error404Action: 'There is nothing at this address, or nothing for you.',
        error404Record: 'There is no such record, or it is not for you.',
        noRecordsInResource: 'There is nothing here yet, or nothing that the filters let through.',
      },
      components: {
        Login: { properties: { email: 'Username', password: 'Password' }, loginButton: 'Log in' },
      },
      resources: {
        stream_platforms: {
          actions: { list: 'Platforms' },
          properties: platform,
          messages: {
            confirmDelete: 'Do you really want to delete this platform, its movies and all their reviews?',
          },
        },
        watch_lists: {
          actions: { list: 'Movies' },
          properties: movie,
          messages: { confirmDelete: 'Do you really want to delete this movie and all its reviews?' },
        },
        reviews: {
          actions: { list: 'Reviews' },
          properties: review,
        },
        users: {
          actions: { list: 'Users' },
          properties: user,
          messages: { confirmDelete: 'Do you really want to delete this user and all their reviews?' },
        },
      },
    },
  },
};
