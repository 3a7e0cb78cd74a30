"""The double handshake: every act of an introduction is a service of its own, and all of them move by one table."""
