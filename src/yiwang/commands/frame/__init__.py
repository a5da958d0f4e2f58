"""What every command stands on: how it is declared, who asks, how a failure is said."""
