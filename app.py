if __name__ == "__main__":  # worker processes import the main script again under another name
    from wfm.ui.main import run

    run()
